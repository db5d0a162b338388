const slots = 2048;

/**
 * Remembers the texts of short runs of bytes of one message, so that a key that comes ten thousand times is made once,
 * in time and in memory. A run has one slot, by its hash; another run with the same slot takes its place.
 */
export class SlotCache {
  readonly #bytes: Uint8Array;
  readonly #starts = new Int32Array(slots);
  readonly #lengths = new Int32Array(slots).fill(-1);
  readonly #texts: string[] = [];
  #slot = 0;
  #start = 0;
  #length = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    for (let i = 0; i < slots; i++) this.#texts.push('');
  }

  /** The text kept for the bytes from `start` to `end`. */
  find(start: number, end: number): string | undefined {
    const bytes = this.#bytes;
    const length = end - start;
    let hash = length;
    for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + (bytes[i] ?? 0)) | 0;
    const slot = (hash ^ (hash >>> 15)) & (slots - 1);
    this.#slot = slot;
    this.#start = start;
    this.#length = length;
    if (this.#lengths[slot] !== length) return undefined;
    const known = this.#starts[slot] ?? 0;
    for (let i = 0; i < length; i++) if (bytes[known + i] !== bytes[start + i]) return undefined;
    return this.#texts[slot];
  }

  /** Keeps the text of the bytes that were looked for last, and gives it back. */
  keep(text: string): string {
    this.#texts[this.#slot] = text;
    this.#starts[this.#slot] = this.#start;
    this.#lengths[this.#slot] = this.#length;
    return text;
  }
}
