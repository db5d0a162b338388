/** A datagram does not hold what it says. */
export class BrokenDatagramError extends Error {
  override readonly name = 'BrokenDatagramError';
}

/** The bytes of one datagram as Apache's protocols read them; a length is checked against what is left before anything is made of it. */
export class DatagramBytes {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** How many bytes are left. */
  get remaining(): number {
    return this.#bytes.length - this.#at;
  }

  /** A signed byte. */
  readByte(): number {
    return this.#bytes.readInt8(this.#take(1));
  }

  /** A view of the next bytes, not a copy. */
  read(length: number): Uint8Array {
    const from = this.#take(length);
    return this.#bytes.subarray(from, from + length);
  }

  /** The next bytes as UTF-8; what is none becomes U+FFFD. */
  readString(length: number): string {
    const from = this.#take(length);
    return this.#bytes.toString('utf8', from, from + length);
  }

  #take(length: number): number {
    // Lengths come from the datagram: negative ones, fractions and infinities too.
    if (!Number.isInteger(length) || length < 0 || length > this.remaining) {
      throw new BrokenDatagramError('the datagram ends early');
    }
    const from = this.#at;
    this.#at += length;
    return from;
  }
}
