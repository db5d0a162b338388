import { decodeText } from './decodeText';
import { GrowingBytes, GrowingUint32 } from './growingColumn';
import type { TextColumns } from './spanBlock';

const smallestTable = 256;

/**
 * Texts of a block as UTF-8, each once. A text is known by its reference, from 1; 0 stands for no text. Texts that come as bytes never
 * become strings. Open addressing with linear probing; FNV-1a over the bytes.
 */
export class TextInterner {
  readonly #bytes = new GrowingBytes(4096);
  readonly #ends = new GrowingUint32(256);
  readonly #hashes = new GrowingUint32(256);
  #slots = new Uint32Array(smallestTable);
  #scratch = new Uint8Array(256);
  readonly #encoder = new TextEncoder();

  constructor() {
    this.#ends.push(0);
    this.#hashes.push(0);
  }

  /** References given so far, the one for no text included. */
  get count(): number {
    return this.#ends.length;
  }

  /** Bytes of the texts, and of what says where they end. */
  get byteLength(): number {
    return this.#bytes.length + 4 * this.#ends.length;
  }

  /** The reference of a text. A half of a surrogate pair becomes U+FFFD, as UTF-8 demands. */
  intern(text: string): number {
    const { length } = text;
    if (this.#scratch.length < 3 * length) this.#scratch = new Uint8Array(6 * length);
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code >= 0x80) {
        const { written } = this.#encoder.encodeInto(text, this.#scratch);
        return this.internBytes(this.#scratch, 0, written);
      }
      this.#scratch[i] = code;
    }
    return this.internBytes(this.#scratch, 0, length);
  }

  /** The reference of a text of which the UTF-8 is given; the bytes are copied when they are new. */
  internBytes(source: Uint8Array, from: number, to: number): number {
    let hash = 0x811c9dc5;
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ (source[i] ?? 0), 0x01000193);
    return this.#find(source, from, to, hash >>> 0);
  }

  /** The same with a hash that is known: FNV-1a of the bytes, 32 bits, not negative. */
  internHashed(source: Uint8Array, from: number, to: number, hash: number): number {
    return this.#find(source, from, to, hash);
  }

  /** A number that depends on the text alone, not on the block. */
  hash(ref: number): number {
    return this.#hashes.data[ref] ?? 0;
  }

  /** Bytes of a text. */
  lengthOf(ref: number): number {
    return (this.#ends.data[ref] ?? 0) - (this.#ends.data[ref - 1] ?? 0);
  }

  /** Whether the bytes at a place are those of a text. */
  isAt(ref: number, source: Uint8Array, from: number): boolean {
    const bytes = this.#bytes.data;
    const end = this.#ends.data[ref] ?? 0;
    for (let i = this.#ends.data[ref - 1] ?? 0, j = from; i < end; i++, j++)
      if (bytes[i] !== source[j]) return false;
    return true;
  }

  /** The text of a reference. */
  text(ref: number): string {
    return decodeText(this.#bytes.data, this.#ends.data[ref - 1] ?? 0, this.#ends.data[ref] ?? 0);
  }

  /** The texts, ready to be transferred. */
  take(): TextColumns {
    return { bytes: this.#bytes.take(), ends: this.#ends.take() };
  }

  #find(source: Uint8Array, from: number, to: number, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (let ref = slots[slot] ?? 0; ref !== 0; ref = slots[slot] ?? 0) {
      if (this.#hashes.data[ref] === hash && this.#equals(ref, source, from, to)) return ref;
      slot = (slot + 1) & mask;
    }
    const ref = this.#add(source, from, to, hash);
    slots[slot] = ref;
    if (2 * ref > slots.length) this.#growTable();
    return ref;
  }

  #equals(ref: number, source: Uint8Array, from: number, to: number): boolean {
    return this.lengthOf(ref) === to - from && this.isAt(ref, source, from);
  }

  #add(source: Uint8Array, from: number, to: number, hash: number): number {
    this.#bytes.reserve(to - from);
    const bytes = this.#bytes.data;
    let at = this.#bytes.length;
    for (let i = from; i < to; i++) bytes[at++] = source[i] ?? 0;
    this.#bytes.length = at;
    this.#ends.push(at);
    this.#hashes.push(hash);
    return this.#ends.length - 1;
  }

  #growTable(): void {
    const slots = new Uint32Array(2 * this.#slots.length);
    const mask = slots.length - 1;
    for (let ref = 1; ref < this.#ends.length; ref++) {
      const hash = this.#hashes.data[ref] ?? 0;
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = ref;
    }
    this.#slots = slots;
  }
}
