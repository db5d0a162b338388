import { GrowingBytes } from '../columns/growingColumn';

const quote = 0x22;
const backslash = 0x5c;
const openBracket = 0x5b;
const openBrace = 0x7b;
const closeBrace = 0x7d;
/** Makes a brace of a bracket, and leaves a brace as it is. */
const letterCase = 0x20;
const comma = 0x2c;
const colon = 0x3a;
const largestKept = 4 * 1024 * 1024;

/**
 * Gets the bytes of each element; they are not its to keep. When it answers false, and parts were skipped, the element is cut again
 * by looking at all of its bytes, and comes again.
 */
export type ElementListener = (json: Uint8Array, isExact: boolean) => unknown;

/**
 * Where to go on in a chunk after the opening brace of an element at `from`: a place within the element that lies no deeper than its
 * members, or -1. It may be wrong when the listener knows such an element for none.
 */
export type SkipAhead = (chunk: Uint8Array, from: number) => number;

/**
 * Cuts a JSON text that arrives in chunks of bytes into the elements of one array, so that a large answer is never
 * held whole: the array is the value of the first key `arrayKey`. All that is outside of it is the envelope.
 * Looks only at quotes and brackets; what it cuts out is JSON when the input is. Memory: one element and the envelope.
 */
export class JsonArrayScanner {
  readonly #arrayKey: string;
  readonly #onElement: ElementListener;
  readonly #skipAhead: SkipAhead | undefined;
  /** The element that is being scanned was not looked at from its beginning to its end. */
  #isSkipped = false;
  #isExact = false;
  /** The beginning of an element that goes on in the next chunk. */
  #part = new GrowingBytes(0);
  #envelope = '';
  #envelopePart = new PartialText();
  #state: 'before' | 'inside' | 'after' = 'before';
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  /** What the last string in the envelope was, and whether a colon followed it: a key. */
  #lastString = new PartialText();
  #lastKey: string | undefined;

  constructor(arrayKey: string, onElement: ElementListener, skipAhead?: SkipAhead) {
    this.#arrayKey = arrayKey;
    this.#onElement = onElement;
    this.#skipAhead = skipAhead;
  }

  /** Takes the next bytes. The chunk is not kept. */
  push(chunk: Uint8Array): void {
    let from = 0;
    while (from < chunk.length) {
      from = this.#state === 'inside' ? this.#scanElements(chunk, from) : this.#scanEnvelope(chunk, from);
    }
  }

  /** Ends the text: the envelope (with an empty array in the elements' place), and whether an element was left unfinished. */
  end(): { envelope: string; isTruncated: boolean } {
    this.#envelope += this.#envelopePart.take();
    const isTruncated = this.#state === 'inside';
    return { envelope: isTruncated ? `${this.#envelope}]` : this.#envelope, isTruncated };
  }

  #scanEnvelope(chunk: Uint8Array, from: number): number {
    for (let i = from; i < chunk.length; i++) {
      const byte = chunk[i];
      if (this.#isInString) {
        this.#scanStringByte(byte);
        if (this.#state === 'before') {
          if (this.#isInString) this.#lastString.add(chunk, i, i + 1, 256);
          else this.#lastKey = undefined;
        }
      } else if (byte === quote) {
        this.#isInString = true;
        this.#lastString.take();
      } else if (byte === colon) {
        if (this.#state === 'before') this.#lastKey = this.#lastString.take();
      } else if (byte === openBracket && this.#state === 'before' && this.#lastKey === this.#arrayKey) {
        this.#envelopePart.add(chunk, from, i + 1);
        this.#envelope += this.#envelopePart.take();
        this.#state = 'inside';
        this.#depth = 0;
        return i + 1;
      } else if (byte === openBrace || byte === openBracket || byte === comma) {
        this.#lastKey = undefined;
      }
    }
    this.#envelopePart.add(chunk, from, chunk.length);
    return chunk.length;
  }

  #scanElements(chunk: Uint8Array, from: number): number {
    let start = from;
    let i = this.#isInString ? this.#stringEnd(chunk, from) : from;
    let depth = this.#depth;
    while (i < chunk.length) {
      const byte = chunk[i++] ?? 0;
      if (byte === quote) {
        i = this.#stringEnd(chunk, i);
      } else if ((byte | letterCase) === openBrace) {
        if (depth++ === 0) i = this.#skip(chunk, i);
      } else if ((byte | letterCase) === closeBrace) {
        if (--depth >= 0) continue;
        this.#depth = depth;
        if (!this.#emit(chunk, start, i - 1)) return this.#cutAgain(chunk, i - 1);
        this.#state = 'after';
        return i - 1;
      } else if (byte === comma && depth === 0) {
        if (!this.#emit(chunk, start, i - 1)) return this.#cutAgain(chunk, i - 1);
        start = i;
      }
    }
    this.#depth = depth;
    this.#keep(chunk, start, chunk.length);
    return chunk.length;
  }

  #skip(chunk: Uint8Array, from: number): number {
    if (!this.#skipAhead || this.#isExact) return from;
    const to = this.#skipAhead(chunk, from);
    if (to < from) return from;
    this.#isSkipped = true;
    return to;
  }

  /** Scans what was taken for an element, and the rest of the chunk, again. Nothing is skipped any more. */
  #cutAgain(chunk: Uint8Array, elementEnd: number): number {
    const taken = this.#part.data.slice(0, this.#part.length);
    const again = new Uint8Array(taken.length + chunk.length - elementEnd);
    again.set(taken);
    again.set(chunk.subarray(elementEnd), taken.length);
    this.#part.length = 0;
    this.#depth = 0;
    this.#isExact = true;
    this.push(again);
    return chunk.length;
  }

  /** Where the string ends that goes on at `from`: after its quote, or at the chunk's end. */
  #stringEnd(chunk: Uint8Array, from: number): number {
    const { length } = chunk;
    let i = this.#isEscaped ? from + 1 : from;
    this.#isEscaped = false;
    for (; i < length; i++) {
      const byte = chunk[i];
      if (byte === quote) {
        this.#isInString = false;
        return i + 1;
      }
      if (byte === backslash) i++;
    }
    this.#isInString = true;
    this.#isEscaped = i > length;
    return length;
  }

  #scanStringByte(byte: number | undefined): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (byte === backslash) this.#isEscaped = true;
    else if (byte === quote) this.#isInString = false;
  }

  /** Whether the element was taken; when not, it is kept. */
  #emit(chunk: Uint8Array, from: number, to: number): boolean {
    let json = chunk.subarray(from, to);
    if (this.#part.length > 0) {
      this.#keep(chunk, from, to);
      json = this.#part.data.subarray(0, this.#part.length);
    }
    const isTaken = isBlank(json) || this.#onElement(json, !this.#isSkipped) !== false || !this.#isSkipped;
    this.#isSkipped = false;
    if (!isTaken) {
      if (this.#part.length === 0) this.#keep(chunk, from, to);
      return false;
    }
    this.#part.length = 0;
    // One huge element must not be paid for by all that follow.
    if (this.#part.data.length > largestKept) this.#part = new GrowingBytes(0);
    return true;
  }

  #keep(chunk: Uint8Array, from: number, to: number): void {
    this.#part.reserve(to - from);
    this.#part.data.set(chunk.subarray(from, to), this.#part.length);
    this.#part.length += to - from;
  }
}

/** The text of an element. */
export function elementText(json: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(json).trim();
}

function isBlank(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte > 0x20) return false;
  return true;
}

/** Text put together from pieces of UTF-8, which may be cut in the middle of a character. */
class PartialText {
  #text = '';
  #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  add(bytes: Uint8Array, from: number, to: number, maxLength = Number.POSITIVE_INFINITY): void {
    if (to > from && this.#text.length < maxLength)
      this.#text += this.#decoder.decode(bytes.subarray(from, to), { stream: true });
  }

  take(): string {
    const text = this.#text + this.#decoder.decode();
    this.#text = '';
    return text;
  }
}
