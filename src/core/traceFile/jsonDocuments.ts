/** What hears the documents of a stream. */
export interface DocumentListener {
  /** Bytes of the current document; they are not kept. */
  onBytes(chunk: Uint8Array): void;
  /** The document is over; one that is cut is not whole. */
  onEnd(isWhole: boolean): void;
}

const byteOrderMark: ReadonlySet<number> = new Set([0xef, 0xbb, 0xbf]);

/**
 * Cuts a stream of bytes into JSON documents, objects and lists, that follow one another with blanks between them or none:
 * a file of one document, or of one a line. Looks only at quotes and brackets, and keeps nothing.
 */
export class JsonDocuments {
  readonly #listener: DocumentListener;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  #isForeign = false;

  constructor(listener: DocumentListener) {
    this.#listener = listener;
  }

  /** There is something between or before the documents that is no JSON of ours; nothing after it is looked at. */
  get isForeign(): boolean {
    return this.#isForeign;
  }

  /** Takes the next bytes. */
  push(chunk: Uint8Array): void {
    let from = 0;
    for (let i = 0; i < chunk.length && !this.#isForeign; i++) {
      const byte = chunk[i] ?? 0;
      if (this.#depth === 0) {
        if (isOpening(byte)) {
          this.#depth = 1;
          from = i;
        } else if (!isBlank(byte)) this.#isForeign = true;
      } else if (this.#endsDocument(byte)) {
        this.#listener.onBytes(chunk.subarray(from, i + 1));
        this.#listener.onEnd(true);
      }
    }
    if (this.#depth > 0) this.#listener.onBytes(chunk.subarray(from));
  }

  /** Ends the stream. */
  end(): void {
    if (this.#depth > 0) this.#listener.onEnd(false);
    this.#depth = 0;
  }

  #endsDocument(byte: number): boolean {
    if (this.#isInString) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (byte === 0x5c) this.#isEscaped = true;
      else if (byte === 0x22) this.#isInString = false;
      return false;
    }
    if (byte === 0x22) this.#isInString = true;
    else if (isOpening(byte)) this.#depth++;
    else if (byte === 0x7d || byte === 0x5d) return --this.#depth === 0;
    return false;
  }
}

function isOpening(byte: number): boolean {
  return byte === 0x7b || byte === 0x5b;
}

/** JSON's blanks, and the byte order mark that some editors leave. */
function isBlank(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d) || byteOrderMark.has(byte);
}
