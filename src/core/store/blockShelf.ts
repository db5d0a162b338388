import type { SpanBlock } from '../columns/spanBlock';
import { Coverage } from '../sampling/coverage';
import type { Stratum } from '../sampling/stratum';
import type { InferenceDefinition } from '../trace/inference';
import type { Trace } from '../trace/trace';
import { BlockRewriter } from './blockRewriter';
import { type BlockReading, HeldBlock } from './heldBlock';
import { endOf, JoinedTrace, type Place } from './joinedTrace';
import { JoinedView } from './joinedView';
import { SiteIndex } from './siteIndex';
import type { Analyse } from './storeAnalysis';

/**
 * Spans from which on blocks are not put together any more, and that are copied at once at most, or little more: ten milliseconds of work.
 */
const fullBlock = 2048;
/** Below this many spans, a block waits for as many others: those that hold a span or two would weigh more than it. */
const tinyBlock = 64;
/** What is gone and still in memory may be so much of what is held. */
const mostWaste = 1 / 3;

/**
 * The blocks of a store. What comes in small pieces is put together into full blocks, each span once or twice, and where much is gone the
 * rest is copied, so that memory and the number of blocks follow what is held. Mostly, a block goes as a whole: what came together is old
 * together.
 */
export class BlockShelf {
  readonly #blocks = new Set<HeldBlock>();
  readonly #traces = new Map<string, Place | JoinedTrace>();
  /** Blocks that may be empty, mostly gone or small. */
  readonly #untidy = new Set<HeldBlock>();
  /** Which block has the trace that ended first, and when the first of all others did. */
  #front: { readonly held: HeldBlock; nextEndUs: number } | undefined;
  readonly sites = new SiteIndex();
  /** Of which time what is held is a sample. */
  readonly coverage = new Coverage();
  #reading: BlockReading;
  #analyse: Analyse | undefined;

  constructor(definition: InferenceDefinition) {
    this.#reading = { definition, analysis: undefined };
  }

  get blocks(): Iterable<HeldBlock> {
    return this.#blocks;
  }

  get traceIds(): Iterable<string> {
    return this.#traces.keys();
  }

  get traceCount(): number {
    return this.#traces.size;
  }

  has(traceId: string): boolean {
    return this.#traces.has(traceId);
  }

  /** Where a trace lies: mostly in one place, in none when it is not held. */
  piecesOf(traceId: string): readonly Place[] {
    const known = this.#traces.get(traceId);
    if (!known) return [];
    return known instanceof JoinedTrace ? known.pieces : [known];
  }

  trace(traceId: string): Trace | undefined {
    const pieces = this.piecesOf(traceId);
    const [first] = pieces;
    if (!first) return undefined;
    const isOne = pieces.length === 1 && first.held.isWhole(first.trace);
    return isOne ? first.held.view.trace(first.trace) : new JoinedView(traceId, pieces);
  }

  /** Takes a block in, of which no trace is kept yet. */
  add(block: SpanBlock): HeldBlock {
    const held = new HeldBlock(block, this.#reading);
    held.weigh(this.coverage);
    this.#blocks.add(held);
    this.#untidy.add(held);
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

  /** Keeps a trace of a block, which is all of it. */
  keep(traceId: string, place: Place): void {
    place.held.keep(place.trace);
    this.#traces.set(traceId, place);
    this.#look(place);
  }

  /** Keeps what a piece has that is not held of its trace; false when there is nothing. */
  join(traceId: string, piece: Place): boolean {
    const known = this.#traces.get(traceId);
    if (!known) {
      this.keep(traceId, piece);
      return true;
    }
    const joined = known instanceof JoinedTrace ? known : new JoinedTrace(known);
    piece.held.keep(piece.trace);
    const hasBrought = joined.add(piece, (held) => this.#untidy.add(held));
    this.#look(piece);
    if (!hasBrought) return false;
    this.#traces.set(traceId, joined);
    this.#reading.analysis?.forget(traceId);
    for (const { held, trace } of joined.pieces) held.forgetTrace(trace);
    return true;
  }

  /** Lets all pieces of a trace go. */
  drop(traceId: string): void {
    for (const { held, trace } of this.piecesOf(traceId)) {
      held.drop(trace);
      this.#untidy.add(held);
    }
    this.#traces.delete(traceId);
    this.#reading.analysis?.forget(traceId);
  }

  /** The trace that ended first: where it ends. */
  oldest(): Place | undefined {
    const front = this.#front?.held;
    const trace = front?.oldest();
    if (front && trace !== undefined && endOf({ held: front, trace }) <= (this.#front?.nextEndUs ?? 0))
      return { held: front, trace };
    return this.#findOldest();
  }

  /** A trace that came may have ended before all others. */
  #look(place: Place): void {
    if (!this.#front || place.held === this.#front.held) return;
    this.#front.nextEndUs = Math.min(this.#front.nextEndUs, endOf(place));
  }

  #findOldest(): Place | undefined {
    let oldest: Place | undefined;
    let [oldestEnd, nextEnd] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (const held of this.#blocks) {
      const trace = held.oldest();
      const end = trace === undefined ? Number.POSITIVE_INFINITY : endOf({ held, trace });
      if (trace !== undefined && end < oldestEnd) {
        oldest = { held, trace };
        nextEnd = oldestEnd;
        oldestEnd = end;
      } else {
        nextEnd = Math.min(nextEnd, end);
      }
    }
    this.#front = oldest && { held: oldest.held, nextEndUs: nextEnd };
    return oldest;
  }

  /** Has what is held analysed from now on. */
  analyseWith(analyse: Analyse): void {
    this.#analyse = analyse;
    this.define(this.#reading.definition);
  }

  /** Reads all by another definition of what an inference is. */
  define(definition: InferenceDefinition): void {
    this.#reading = { definition, analysis: this.#analyse?.(definition, (id) => this.piecesOf(id)) };
    for (const held of this.#blocks) {
      held.define(this.#reading);
      held.weigh(this.coverage);
    }
  }

  clear(): void {
    this.#blocks.clear();
    this.#untidy.clear();
    this.#traces.clear();
    this.#front = undefined;
    // What was worked out is kept by trace, and would keep what is let go.
    this.define(this.#reading.definition);
    this.sites.clear();
    this.coverage.clear();
  }

  /**
   * Throws empty blocks away and puts small ones together, or, when too much is gone, copies what is left of one: about a full block at
   * most, the rest the next time. Whether there was anything to do.
   */
  tidy(): boolean {
    let hasRemoved = false;
    const [tiny, small]: [HeldBlock[], HeldBlock[]] = [[], []];
    let thinnest: HeldBlock | undefined;
    for (const held of this.#untidy) {
      if (held.liveTraces === 0) {
        this.#remove(held);
        hasRemoved = true;
        continue;
      }
      const isThin = held.liveSpans < held.view.spanCount && held.liveSpans <= 2 * fullBlock;
      if (isThin && wasteOf(held) > (thinnest ? wasteOf(thinnest) : 0)) thinnest = held;
      if (held.view.spanCount < tinyBlock) tiny.push(held);
      else if (held.view.spanCount < fullBlock) small.push(held);
      else if (!isThin) this.#untidy.delete(held);
    }
    const blocks = thinnest && this.#hasTooMuchWaste() ? [thinnest] : togetherNow(tiny, small);
    if (blocks.length > 0) this.#rewrite(blocks);
    return hasRemoved || blocks.length > 0;
  }

  #hasTooMuchWaste(): boolean {
    let [live, all] = [0, 0];
    for (const held of this.#blocks) {
      live += held.liveSpans;
      all += held.view.spanCount;
    }
    return all - live > mostWaste * live;
  }

  #rewrite(blocks: readonly HeldBlock[]): void {
    const from = new Set(blocks);
    const rewriter = new BlockRewriter(fullBlock, (block, traceIds) => {
      const held = this.add(block);
      for (const [trace, id] of traceIds.entries()) this.#move(id, from, { held, trace });
    });
    const done = new Set<string>();
    for (const held of blocks) {
      for (let trace = 0; trace < held.view.traceCount; trace++) {
        if (!held.has(trace)) continue;
        const id = held.view.traceId(trace);
        if (done.has(id)) continue;
        const pieces = this.piecesOf(id);
        if (pieces.length > 1) done.add(id);
        if (
          !rewriter.copy(
            id,
            pieces.filter((piece) => from.has(piece.held)),
          )
        )
          this.#move(id, from, undefined);
      }
    }
    rewriter.end();
    for (const held of blocks) this.#remove(held);
  }

  #move(traceId: string, from: ReadonlySet<HeldBlock>, to: Place | undefined): void {
    const known = this.#traces.get(traceId);
    to?.held.keep(to.trace);
    this.#reading.analysis?.forget(traceId);
    this.#front = undefined;
    if (known instanceof JoinedTrace) {
      known.move(from, to);
      const [only] = known.pieces;
      if (known.isPlain && only) this.#traces.set(traceId, only);
    } else if (to) {
      this.#traces.set(traceId, to);
    }
  }

  #remove(held: HeldBlock): void {
    this.#blocks.delete(held);
    this.#untidy.delete(held);
    if (this.#front?.held === held) this.#front = undefined;
    this.sites.remove(held);
  }
}

/** The part of a block that is gone. */
function wasteOf({ liveSpans, view: { spanCount } }: HeldBlock): number {
  return 1 - liveSpans / spanCount;
}

/** Blocks that are a full one together, or too many tiny ones. */
function togetherNow(tiny: readonly HeldBlock[], small: readonly HeldBlock[]): readonly HeldBlock[] {
  for (const blocks of [tiny, small]) {
    let [spans, count] = [0, 0];
    while (spans < fullBlock && count < blocks.length) spans += blocks[count++]?.liveSpans ?? 0;
    if (spans >= fullBlock || (blocks === tiny && count > tinyBlock)) return blocks.slice(0, count);
  }
  return [];
}
