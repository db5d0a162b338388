import type { IncomingMessage } from 'node:http';
import { type AcceptedBody, otlpForm } from './acceptedBody';
import { decodeRequest } from './decodeRequest';
import type { OtlpEncoding } from './exportAnswer';
import { type ExportResult, exportResultOf } from './exportResult';
import type { ReceiverLimits } from './receiverLimits';
import { Refusal } from './refusal';
import { type ByteBudget, inflate, readRequestBody } from './requestBody';

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
  async take(
    request: IncomingMessage,
    encoding: OtlpEncoding,
  ): Promise<{ readonly result: ExportResult; readonly body: AcceptedBody }> {
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
      const bytes = await readRequestBody(request, this.#limits.maxBodyBytes, budget);
      const body = { form: otlpForm(encoding, isGzip), bytes };
      return { result: await this.decode(body), body };
    } finally {
      this.#requests--;
      this.#pendingBytes -= taken;
    }
  }

  /** Decodes a body that has come, by a request or another window. Throws a Refusal. */
  decode({ form, bytes }: AcceptedBody): Promise<ExportResult> {
    const encoding = form === 'json' || form === 'json+gzip' ? 'json' : 'protobuf';
    return this.#inTurn(async () => {
      const isGzip = form === 'json+gzip' || form === 'protobuf+gzip';
      const plain = isGzip ? await inflate(bytes, this.#limits.maxInflatedBytes) : bytes;
      return exportResultOf(decodeRequest(plain, encoding, this.#limits));
    });
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
