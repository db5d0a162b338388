const quote = 0x22;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const comma = 0x2c;
const colon = 0x3a;

/**
 * Cuts a JSON text that arrives in chunks of bytes into the elements of one array, so that a large answer is never
 * held whole: the array is the value of the first key `arrayKey`. All that is outside of it is the envelope.
 * Looks only at quotes and brackets; what it cuts out is JSON when the input is. Memory: one element and the envelope.
 */
export class JsonArrayScanner {
  readonly #arrayKey: string;
  readonly #onElement: (json: string) => void;
  #part = new PartialText();
  #envelope = '';
  #envelopePart = new PartialText();
  #state: 'before' | 'inside' | 'after' = 'before';
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  /** What the last string in the envelope was, and whether a colon followed it: a key. */
  #lastString = new PartialText();
  #lastKey: string | undefined;

  constructor(arrayKey: string, onElement: (json: string) => void) {
    this.#arrayKey = arrayKey;
    this.#onElement = onElement;
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
    for (let i = from; i < chunk.length; i++) {
      const byte = chunk[i];
      if (this.#isInString) {
        this.#scanStringByte(byte);
      } else if (byte === quote) {
        this.#isInString = true;
      } else if (byte === openBrace || byte === openBracket) {
        this.#depth++;
      } else if (byte === comma && this.#depth === 0) {
        this.#part.add(chunk, start, i);
        this.#emit();
        start = i + 1;
      } else if (byte === closeBrace || byte === closeBracket) {
        this.#depth--;
        if (this.#depth < 0) {
          this.#part.add(chunk, start, i);
          this.#emit();
          this.#state = 'after';
          return i;
        }
      }
    }
    this.#part.add(chunk, start, chunk.length);
    return chunk.length;
  }

  #scanStringByte(byte: number | undefined): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (byte === backslash) this.#isEscaped = true;
    else if (byte === quote) this.#isInString = false;
  }

  #emit(): void {
    const json = this.#part.take().trim();
    if (json !== '') this.#onElement(json);
  }
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
