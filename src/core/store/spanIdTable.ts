import { GrowingUint32 } from '../columns/growingColumn';
import type { HeldBlock } from './heldBlock';

/** Where a span lies. */
export interface RowPlace {
  readonly held: HeldBlock;
  readonly row: number;
}

/** Finds the spans of one trace by their ids, wherever they lie. Open addressing with linear probing; FNV-1a over the id. */
export class SpanIdTable {
  readonly #hashes = new GrowingUint32();
  readonly #rows = new GrowingUint32();
  /** By entry: which of the blocks. */
  readonly #blockOf = new GrowingUint32();
  readonly #blocks: (HeldBlock | undefined)[] = [];
  readonly #numbers = new Map<HeldBlock, number>();
  /** One more than the entry. */
  #slots = new Uint32Array(256);

  /** The span that has the same id as the one in a row. */
  find(held: HeldBlock, row: number): RowPlace | undefined {
    return this.#at(this.#entry(held, row, hashOfId(held, row)));
  }

  /** Says that the span with the id of the one in a row lies there now. */
  put(held: HeldBlock, row: number): void {
    const hash = hashOfId(held, row);
    const known = this.#entry(held, row, hash);
    if (known >= 0) {
      this.#rows.data[known] = row;
      this.#blockOf.data[known] = this.#numberOf(held);
      return;
    }
    this.#hashes.push(hash);
    this.#rows.push(row);
    this.#blockOf.push(this.#numberOf(held));
    if (2 * this.#hashes.length > this.#slots.length) this.#grow();
    else this.#slots[this.#freeSlot(hash)] = this.#hashes.length;
  }

  /** Lets a block go, of which all spans have been put elsewhere. */
  release(held: HeldBlock): void {
    const number = this.#numbers.get(held);
    if (number === undefined) return;
    this.#blocks[number] = undefined;
    this.#numbers.delete(held);
  }

  #entry(held: HeldBlock, row: number, hash: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = (this.#slots[slot] ?? 0) - 1;
      if (entry < 0) return -1;
      const known = this.#hashes.data[entry] === hash ? this.#at(entry) : undefined;
      if (known && hasSameId(known, { held, row })) return entry;
    }
  }

  #at(entry: number): RowPlace | undefined {
    const held = entry < 0 ? undefined : this.#blocks[this.#blockOf.data[entry] ?? 0];
    return held && { held, row: this.#rows.data[entry] ?? 0 };
  }

  #numberOf(held: HeldBlock): number {
    let number = this.#numbers.get(held);
    if (number === undefined) {
      number = this.#blocks.push(held) - 1;
      this.#numbers.set(held, number);
    }
    return number;
  }

  #freeSlot(hash: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    this.#slots = new Uint32Array(4 * this.#slots.length);
    for (let entry = 0; entry < this.#hashes.length; entry++)
      this.#slots[this.#freeSlot(this.#hashes.data[entry] ?? 0)] = entry + 1;
  }
}

/** Whether two spans have the same id. */
export function hasSameId(a: RowPlace, b: RowPlace): boolean {
  const [ofA, ofB] = [a.held.view.block, b.held.view.block];
  const [refA, refB] = [ofA.spans.id[a.row] ?? 0, ofB.spans.id[b.row] ?? 0];
  const [from, to] = [ofA.texts.ends[refA - 1] ?? 0, ofA.texts.ends[refA] ?? 0];
  const start = ofB.texts.ends[refB - 1] ?? 0;
  if ((ofB.texts.ends[refB] ?? 0) - start !== to - from) return false;
  // From the end: ids that are counted begin alike.
  for (let i = to - from - 1; i >= 0; i--)
    if (ofA.texts.bytes[from + i] !== ofB.texts.bytes[start + i]) return false;
  return true;
}

function hashOfId({ view: { block } }: HeldBlock, row: number): number {
  const ref = block.spans.id[row] ?? 0;
  const { bytes, ends } = block.texts;
  let hash = 0x811c9dc5;
  for (let i = ends[ref - 1] ?? 0; i < (ends[ref] ?? 0); i++)
    hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
