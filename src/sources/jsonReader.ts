import { isWebPage } from '../core/jaeger/jaegerEnvelope';
import { type AnswerRead, type BodyReader, parseJson, startsAsObject } from './answerReader';

/** Reads one JSON answer as a whole: for answers that are small, and have no list of their own to go by. */
export class JsonReader implements BodyReader {
  readonly #decoder = new TextDecoder();
  readonly #texts: string[] = [];
  #head = '';

  push(chunk: Uint8Array): boolean {
    const text = this.#decoder.decode(chunk, { stream: true });
    this.#texts.push(text);
    if (this.#head.trim() === '') this.#head += text.slice(0, 1024);
    return startsAsObject(this.#head);
  }

  end(isWhole: boolean): AnswerRead {
    if (isWebPage(this.#head)) return { ok: false, fault: 'web-page' };
    if (!startsAsObject(this.#head)) return { ok: false, fault: 'broken' };
    if (!isWhole) return { ok: false, fault: 'cut' };
    const envelope = parseJson(this.#texts.join('') + this.#decoder.decode());
    return envelope === undefined ? { ok: false, fault: 'broken' } : { ok: true, isPartial: false, envelope };
  }
}
