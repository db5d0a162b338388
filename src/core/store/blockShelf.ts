import { BlockBuilder } from '../columns/blockBuilder';
import { TraceCopier } from '../columns/copyTrace';
import type { SpanBlock } from '../columns/spanBlock';
import { Coverage } from '../sampling/coverage';
import type { Stratum } from '../sampling/stratum';
import type { InferenceDefinition } from '../trace/inference';
import { HeldBlock } from './heldBlock';
import { SiteIndex } from './siteIndex';

/** Spans above which blocks are not put together any more. */
const fullBlock = 8192;
/** How many blocks of a size there may be before they become one of the next size. */
const mostOfSize = 8;

/** Where a trace lies. */
export interface Place {
  readonly held: HeldBlock;
  readonly trace: number;
}

/**
 * The blocks of a store. What comes in small pieces is put together into larger blocks, each span a few times at most (as levels of a
 * log-structured merge tree do), and what is mostly gone is copied, so that memory and the number of blocks follow what is held.
 */
export class BlockShelf {
  readonly #blocks = new Set<HeldBlock>();
  readonly #places = new Map<string, Place>();
  readonly sites = new SiteIndex();
  /** Of which time what is held is a sample. */
  readonly coverage = new Coverage();
  #definition: InferenceDefinition;

  constructor(definition: InferenceDefinition) {
    this.#definition = definition;
  }

  get blocks(): Iterable<HeldBlock> {
    return this.#blocks;
  }

  get traceIds(): Iterable<string> {
    return this.#places.keys();
  }

  get traceCount(): number {
    return this.#places.size;
  }

  find(traceId: string): Place | undefined {
    return this.#places.get(traceId);
  }

  /** Takes a block in, of which no trace is kept yet. */
  add(block: SpanBlock): HeldBlock {
    const held = new HeldBlock(block, this.#definition);
    held.weigh(this.coverage);
    this.#blocks.add(held);
    this.sites.add(held);
    return held;
  }

  /** Says what of a time a source gave of a service; whether that changes what anything stands for. */
  cover(service: string, strata: readonly Stratum[], forgetBeforeUs: number): boolean {
    const wasSampled = this.coverage.isSampled;
    this.coverage.put(service, strata, forgetBeforeUs);
    if (!wasSampled && !this.coverage.isSampled) return false;
    const [fromUs, toUs] = [strata[0]?.fromUs ?? 0, strata.at(-1)?.toUs ?? 0];
    for (const held of this.#blocks)
      if (!this.coverage.isSampled || held.isWithin(fromUs, toUs)) held.weigh(this.coverage);
    return true;
  }

  keep(traceId: string, place: Place): void {
    place.held.keep(place.trace);
    this.#places.set(traceId, place);
  }

  drop(traceId: string, { held, trace }: Place): void {
    held.drop(trace);
    this.#places.delete(traceId);
  }

  /** The trace that ended first. */
  oldest(): Place | undefined {
    let oldest: Place | undefined;
    let oldestEnd = Number.POSITIVE_INFINITY;
    for (const held of this.#blocks) {
      const trace = held.oldest();
      const end = trace === undefined ? undefined : held.view.block.traces.endTimeUs[trace];
      if (trace === undefined || end === undefined || end >= oldestEnd) continue;
      oldest = { held, trace };
      oldestEnd = end;
    }
    return oldest;
  }

  /** Reads all by another definition of what an inference is. */
  define(definition: InferenceDefinition): void {
    this.#definition = definition;
    for (const held of this.#blocks) {
      held.define(definition);
      held.weigh(this.coverage);
    }
  }

  clear(): void {
    this.#blocks.clear();
    this.#places.clear();
    this.sites.clear();
    this.coverage.clear();
  }

  /** Throws empty blocks away, copies those that are mostly gone, and puts small ones together; whether there was anything to do. */
  tidy(): boolean {
    let isTidied = false;
    const bySize = new Map<number, HeldBlock[]>();
    for (const held of this.#blocks) {
      if (held.liveTraces === 0) {
        this.#remove(held);
        isTidied = true;
      } else if (2 * held.liveSpans < held.view.spanCount) {
        this.#rewrite([held]);
        isTidied = true;
      } else if (held.liveSpans < fullBlock) {
        const size = Math.floor(Math.log2(held.liveSpans) / 3);
        bySize.set(size, [...(bySize.get(size) ?? []), held]);
      }
    }
    for (const blocks of bySize.values()) {
      if (blocks.length <= mostOfSize) continue;
      this.#rewrite(blocks);
      isTidied = true;
    }
    return isTidied;
  }

  #rewrite(blocks: readonly HeldBlock[]): void {
    let builder = new BlockBuilder();
    let moved: string[] = [];
    const close = () => {
      if (moved.length === 0) return;
      const held = this.add(builder.take());
      for (const [trace, id] of moved.entries()) this.keep(id, { held, trace });
      builder = new BlockBuilder();
      moved = [];
    };
    for (const held of blocks) {
      let copier = new TraceCopier(held.view.block, builder);
      for (let trace = 0; trace < held.view.traceCount; trace++) {
        if (!held.has(trace)) continue;
        copier.copy(trace);
        moved.push(held.view.traceId(trace));
        if (builder.spanCount < fullBlock) continue;
        close();
        copier = new TraceCopier(held.view.block, builder);
      }
      this.#remove(held);
    }
    close();
  }

  #remove(held: HeldBlock): void {
    this.#blocks.delete(held);
    this.sites.remove(held);
  }
}
