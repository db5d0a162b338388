import { elementText, JsonArrayScanner } from '../core/decode/jsonArrayScanner';
import { isWebPage } from '../core/jaeger/jaegerEnvelope';

/** Why a body with status 200 is no answer of a Jaeger. */
export type AnswerFault = 'web-page' | 'broken' | 'cut' | 'foreign';

/** What came of a body. `isPartial`: the connection was cut, these are the elements before the cut. */
export type AnswerRead =
  | { readonly ok: true; readonly isPartial: boolean; readonly envelope: unknown }
  | { readonly ok: false; readonly fault: AnswerFault };

/** Reads the body of one answer, chunk by chunk. */
export interface BodyReader {
  /** Takes the next bytes; false when the rest does not matter any more, because it is no JSON. */
  push(chunk: Uint8Array): boolean;
  /** Ends the body, which came whole or not. */
  end(isWhole: boolean): AnswerRead | Promise<AnswerRead>;
}

/** What the list in an answer is called, what to do with its elements, and how to know Jaeger by the rest. */
export interface AnswerShape {
  readonly arrayKey: string;
  readonly onElement: (json: unknown) => void;
  readonly isEnvelope: (json: unknown) => boolean;
}

/** Reads one JSON answer with a list in it, element by element, and tells what is no such answer. */
export class AnswerReader implements BodyReader {
  readonly #shape: AnswerShape;
  readonly #scanner: JsonArrayScanner;
  #head = '';
  #isBroken = false;

  constructor(shape: AnswerShape) {
    this.#shape = shape;
    this.#scanner = new JsonArrayScanner(shape.arrayKey, (json) => this.#take(elementText(json)));
  }

  push(chunk: Uint8Array): boolean {
    if (this.#head.trim() === '') this.#head += new TextDecoder().decode(chunk.subarray(0, 1024));
    if (!startsAsObject(this.#head)) return false;
    this.#scanner.push(chunk);
    return !this.#isBroken;
  }

  end(isWhole: boolean): AnswerRead {
    if (isWebPage(this.#head)) return { ok: false, fault: 'web-page' };
    if (this.#isBroken || !startsAsObject(this.#head)) return { ok: false, fault: 'broken' };
    const { envelope: text, isTruncated } = this.#scanner.end();
    if (isTruncated || !isWhole) return { ok: false, fault: 'cut' };
    const envelope = parseJson(text);
    if (envelope === undefined) return { ok: false, fault: /\}\s*$/.test(text) ? 'broken' : 'cut' };
    return this.#shape.isEnvelope(envelope)
      ? { ok: true, isPartial: false, envelope }
      : { ok: false, fault: 'foreign' };
  }

  #take(text: string): void {
    if (this.#isBroken) return;
    const json = parseJson(text);
    if (json === undefined) {
      this.#isBroken = true;
      return;
    }
    this.#shape.onElement(json);
  }
}

/** Whether what a body begins with can begin an object; nothing but white space can. */
export function startsAsObject(head: string): boolean {
  return /^\s*(\{|$)/.test(head);
}

/** The parsed JSON; `undefined` when it is none. */
export function parseJson(text: string): unknown {
  try {
    const json: unknown = JSON.parse(text);
    return json;
  } catch {
    return undefined;
  }
}
