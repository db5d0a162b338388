import { BlockBuilder } from '../columns/blockBuilder';
import { TraceCopier } from '../columns/copyTrace';
import type { SpanBlock } from '../columns/spanBlock';
import type { HeldBlock } from './heldBlock';
import { type Place, rowsOf } from './joinedTrace';

/** Copies what is left of traces out of blocks into new ones. */
export class BlockRewriter {
  readonly #onBlock: (block: SpanBlock, traceIds: readonly string[]) => void;
  readonly #fullBlock: number;
  #builder = new BlockBuilder();
  #copiers = new Map<HeldBlock, TraceCopier>();
  #traceIds: string[] = [];

  /** `onBlock` gets each block that has `fullBlock` spans, and at the end the rest, with the ids of its traces. */
  constructor(fullBlock: number, onBlock: (block: SpanBlock, traceIds: readonly string[]) => void) {
    this.#fullBlock = fullBlock;
    this.#onBlock = onBlock;
  }

  /** Copies pieces as one trace; false when nothing is left of them. */
  copy(traceId: string, pieces: readonly Place[]): boolean {
    const before = this.#builder.spanCount;
    let [id, fingerprint, isWhole] = [0, 0, true];
    for (const piece of pieces) {
      const { held, trace } = piece;
      const copier = this.#copierOf(held);
      for (const row of rowsOf(piece)) copier.spanWithSite(row);
      id = copier.traceId(trace);
      fingerprint = (fingerprint + (held.view.block.traces.fingerprint[trace] ?? 0)) >>> 0;
      isWhole &&= held.isWhole(trace);
    }
    if (this.#builder.spanCount === before) return false;
    this.#builder.trace(id, isWhole ? fingerprint : undefined);
    this.#traceIds.push(traceId);
    if (this.#builder.spanCount >= this.#fullBlock) this.end();
    return true;
  }

  /** Gives out what has been copied and not been given out yet. */
  end(): void {
    if (this.#traceIds.length === 0) return;
    const [block, traceIds] = [this.#builder.take(), this.#traceIds];
    this.#builder = new BlockBuilder();
    this.#copiers = new Map();
    this.#traceIds = [];
    this.#onBlock(block, traceIds);
  }

  #copierOf(held: HeldBlock): TraceCopier {
    let copier = this.#copiers.get(held);
    if (!copier) {
      copier = new TraceCopier(held.view.block, this.#builder);
      this.#copiers.set(held, copier);
    }
    return copier;
  }
}
