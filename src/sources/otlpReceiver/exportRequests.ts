import type { IncomingMessage } from 'node:http';
import type { ExportedSpans, ReceivedDecoder } from '../decoder/receivedDecoder';
import { type AcceptedBody, otlpForm } from './acceptedBody';
import type { OtlpEncoding } from './exportAnswer';
import type { ReceiverLimits } from './receiverLimits';
import { Refusal } from './refusal';
import { type ByteBudget, readRequestBody } from './requestBody';

/**
 * Takes bodies in, within bounds: so many requests, so many bytes at once, until they are decoded. Beyond them a request is refused, which
 * its exporter answers by waiting: no queue grows here.
 */
export class ExportRequests {
  readonly #limits: ReceiverLimits;
  readonly #decoder: ReceivedDecoder;
  #requests = 0;
  #pendingBytes = 0;

  constructor(limits: ReceiverLimits, decoder: ReceivedDecoder) {
    this.#limits = limits;
    this.#decoder = decoder;
  }

  /** Reads and decodes one request. Throws a Refusal. */
  async take(
    request: IncomingMessage,
    encoding: OtlpEncoding,
  ): Promise<{ readonly result: ExportedSpans; readonly body: AcceptedBody }> {
    const isGzip = isCompressed(request.headers['content-encoding']);
    const limits = this.#limits;
    if (this.#requests >= limits.maxRequests)
      throw new Refusal('too-many', 'Too many requests at once: try again.');
    this.#requests++;
    let taken = 0;
    const budget: ByteBudget = {
      take: (bytes) => {
        if (this.#pendingBytes + bytes > limits.maxPendingBytes) return false;
        this.#pendingBytes += bytes;
        taken += bytes;
        return true;
      },
    };
    try {
      const bytes = await readRequestBody(request, limits.maxBodyBytes, budget);
      const body = { form: otlpForm(encoding, isGzip), bytes };
      return { result: await this.decode(body), body };
    } finally {
      this.#requests--;
      this.#pendingBytes -= taken;
    }
  }

  /** Decodes a body that has come, by a request or another window. Throws a Refusal. */
  decode({ form, bytes }: AcceptedBody): Promise<ExportedSpans> {
    const encoding = form === 'json' || form === 'json+gzip' ? 'json' : 'protobuf';
    const isGzip = form === 'json+gzip' || form === 'protobuf+gzip';
    // A copy, since what was taken is passed on as it came.
    return this.#decoder.decodeExport({
      ...{ bytes: new Uint8Array(bytes), encoding, isGzip, limits: this.#limits },
    });
  }
}

function isCompressed(contentEncoding: string | undefined): boolean {
  const encoding = contentEncoding?.trim().toLowerCase() ?? '';
  if (encoding === '' || encoding === 'identity') return false;
  if (encoding === 'gzip') return true;
  throw new Refusal('content-type', 'The Content-Encoding must be gzip, or none.');
}
