import type { IncomingMessage } from 'node:http';
import type { DecodeProblem } from '../../core/decode/decodeProblem';
import { rejectionsIn } from '../../core/otlp/spanGathering';
import type { Trace } from '../../core/trace/trace';
import { decodeRequest } from './decodeRequest';
import type { OtlpEncoding } from './exportAnswer';
import type { ReceiverLimits } from './receiverLimits';
import { Refusal } from './refusal';
import { type ByteBudget, inflate, readRequestBody } from './requestBody';

/** What came of a request that was taken. */
export interface ExportResult {
  readonly traces: readonly Trace[];
  readonly problems: readonly DecodeProblem[];
  readonly spans: number;
  readonly rejectedSpans: number;
}

/**
 * Takes bodies in, within bounds: so many requests, so many bytes at once, and one at a time inflated and decoded.
 * Beyond them a request is refused, which its exporter answers by waiting: no queue grows here.
 */
export class ExportRequests {
  readonly #limits: ReceiverLimits;
  #requests = 0;
  #pendingBytes = 0;
  #lastTurn: Promise<unknown> = Promise.resolve();

  constructor(limits: ReceiverLimits) {
    this.#limits = limits;
  }

  /** Reads and decodes one request. Throws a Refusal. */
  async take(request: IncomingMessage, encoding: OtlpEncoding): Promise<ExportResult> {
    const isGzip = isCompressed(request.headers['content-encoding']);
    if (this.#requests >= this.#limits.maxRequests)
      throw new Refusal('too-many', 'Too many requests at once: try again.');
    this.#requests++;
    let taken = 0;
    const budget: ByteBudget = {
      take: (bytes) => {
        if (this.#pendingBytes + bytes > this.#limits.maxPendingBytes) return false;
        this.#pendingBytes += bytes;
        taken += bytes;
        return true;
      },
    };
    try {
      const body = await readRequestBody(request, this.#limits.maxBodyBytes, budget);
      return await this.#inTurn(async () => {
        const plain = isGzip ? await inflate(body, this.#limits.maxInflatedBytes) : body;
        return this.#decode(plain, encoding);
      });
    } finally {
      this.#requests--;
      this.#pendingBytes -= taken;
    }
  }

  #decode(body: Buffer, encoding: OtlpEncoding): ExportResult {
    const { traces, problems } = decodeRequest(body, encoding, this.#limits);
    const spans = traces.reduce((count, trace) => count + trace.spans.length, 0);
    return { traces, problems, spans, rejectedSpans: rejectionsIn(problems).length };
  }

  /** One after the other: what a body becomes is many times its size. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#lastTurn.then(work);
    this.#lastTurn = turn.catch(() => undefined);
    return turn;
  }
}

function isCompressed(contentEncoding: string | undefined): boolean {
  const encoding = contentEncoding?.trim().toLowerCase() ?? '';
  if (encoding === '' || encoding === 'identity') return false;
  if (encoding === 'gzip') return true;
  throw new Refusal('content-type', 'The Content-Encoding must be gzip, or none.');
}
