import { isWebPage } from '../core/jaeger/jaegerEnvelope';
import { type AnswerRead, type BodyReader, parseJson, startsAsObject } from './answerReader';
import type { AnswerDecoding, DecodedAnswer } from './decoder/traceDecoder';

const longestHead = 1024;

/** Reads an answer of traces with a decoder, which may be in another thread, and tells what is no such answer. */
export class TraceReader implements BodyReader {
  readonly #decoding: AnswerDecoding;
  readonly #isEnvelope: (json: unknown) => boolean;
  #head = '';
  #decoded: DecodedAnswer | undefined;

  /** `isEnvelope` knows the API by what lies around the list. */
  constructor(decoding: AnswerDecoding, isEnvelope: (json: unknown) => boolean) {
    this.#decoding = decoding;
    this.#isEnvelope = isEnvelope;
  }

  /** What the answer held, once it has been read to its end. */
  get decoded(): DecodedAnswer | undefined {
    return this.#decoded;
  }

  push(chunk: Uint8Array): boolean {
    if (this.#head.trim() === '') this.#head += new TextDecoder().decode(chunk.subarray(0, longestHead));
    return startsAsObject(this.#head) && this.#decoding.push(chunk);
  }

  async end(isWhole: boolean): Promise<AnswerRead> {
    if (isWebPage(this.#head) || !startsAsObject(this.#head)) {
      this.#decoding.abort();
      return { ok: false, fault: isWebPage(this.#head) ? 'web-page' : 'broken' };
    }
    const decoded = await this.#decoding.end();
    this.#decoded = decoded;
    if (decoded.isBroken) return { ok: false, fault: 'broken' };
    if (decoded.isTruncated || !isWhole) {
      return decoded.count > 0
        ? { ok: true, isPartial: true, envelope: undefined }
        : { ok: false, fault: 'cut' };
    }
    const envelope = parseJson(decoded.envelope);
    if (envelope === undefined)
      return { ok: false, fault: /\}\s*$/.test(decoded.envelope) ? 'broken' : 'cut' };
    return this.#isEnvelope(envelope)
      ? { ok: true, isPartial: false, envelope }
      : { ok: false, fault: 'foreign' };
  }
}
