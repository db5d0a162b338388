const mostKnown = 200_000;

/** Traces that have been read, by a hash of their bytes of 53 bits: what an answer repeats need not be read again. */
export class KnownTraces {
  #hashes = new Set<number>();
  #before = new Set<number>();

  has(hash: number): boolean {
    return this.#hashes.has(hash) || this.#before.has(hash);
  }

  /** Remembers a trace. Of more than 200,000 the least recent are forgotten. */
  add(hash: number): void {
    this.#hashes.add(hash);
    if (this.#hashes.size <= mostKnown / 2) return;
    this.#before = this.#hashes;
    this.#hashes = new Set();
  }

  clear(): void {
    this.#hashes.clear();
    this.#before.clear();
  }
}

/** The hash of a trace's bytes, 53 bits: two lanes of multiply and rotate over words of 32 bits, mixed as MurmurHash3 does at its end. */
export function hashOf(bytes: Uint8Array): number {
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = bytes.length & ~7;
  let a = 0x9e3779b9 ^ bytes.length;
  let b = 0x85ebca6b;
  for (let i = 0; i < whole; i += 8) {
    a = Math.imul((a << 13) | (a >>> 19), 5) + Math.imul(words.getUint32(i, true), 0xcc9e2d51);
    b = Math.imul((b << 15) | (b >>> 17), 5) + Math.imul(words.getUint32(i + 4, true), 0x1b873593);
    a ^= b >>> 3;
  }
  for (let i = whole; i < bytes.length; i++) {
    a = Math.imul(a ^ (bytes[i] ?? 0), 0x01000193);
    b = Math.imul(b ^ (bytes[i] ?? 0), 0xc2b2ae35) + a;
  }
  return (finish(a ^ (b << 7)) & 0x1fffff) * 2 ** 32 + (finish(b ^ (a >>> 5)) >>> 0);
}

function finish(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
