import { isWebPage } from '../core/jaeger/jaegerEnvelope';
import { type AnswerRead, type BodyReader, parseJson, startsAsObject } from './answerReader';

/** Reads one JSON answer as a whole: for answers that are small, and have no list of their own to go by. */
export class JsonReader implements BodyReader {
  readonly #decoder = new TextDecoder();
  #text = '';

  push(chunk: Uint8Array): boolean {
    this.#text += this.#decoder.decode(chunk, { stream: true });
    return startsAsObject(this.#text.slice(0, 1024));
  }

  end(isWhole: boolean): AnswerRead {
    const text = this.#text + this.#decoder.decode();
    if (isWebPage(text.slice(0, 1024))) return { ok: false, fault: 'web-page' };
    if (!startsAsObject(text.slice(0, 1024))) return { ok: false, fault: 'broken' };
    const envelope = parseJson(text);
    if (!isWhole) return { ok: false, fault: 'cut' };
    return envelope === undefined ? { ok: false, fault: 'broken' } : { ok: true, isPartial: false, envelope };
  }
}
