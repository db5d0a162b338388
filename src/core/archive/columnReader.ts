/** Reads columns that were packed, each into memory of its own. What is not there or does not fit reads as empty, and is remembered. */
export class ColumnReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;
  #isBroken = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Whether all that was asked for was there, and nothing more. */
  get isSound(): boolean {
    return !this.#isBroken && this.#at === this.#bytes.length;
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#take(1));
  }

  words(): Uint32Array<ArrayBuffer> {
    return new Uint32Array(this.#take(4));
  }

  doubles(): Float64Array<ArrayBuffer> {
    return new Float64Array(this.#take(8));
  }

  #take(bytesPerItem: number): ArrayBuffer {
    const rest = this.#bytes.length - this.#at - 4;
    const length = rest < 0 ? 0 : this.#view.getUint32(this.#at, true);
    if (rest < 0 || length > rest || length % bytesPerItem !== 0) {
      this.#isBroken = true;
      return new ArrayBuffer(0);
    }
    const copy = new Uint8Array(length);
    copy.set(this.#bytes.subarray(this.#at + 4, this.#at + 4 + length));
    this.#at += 4 + length;
    return copy.buffer;
  }
}
