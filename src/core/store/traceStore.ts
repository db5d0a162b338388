import type { SpanBlock } from '../columns/spanBlock';
import { blockOf } from '../columns/writeTrace';
import { Emitter } from '../event';
import type { SampleSize } from '../sampling/sampleSize';
import type { Stratum } from '../sampling/stratum';
import type { Inference, InferenceDefinition } from '../trace/inference';
import type { Trace } from '../trace/trace';
import { BlockShelf } from './blockShelf';
import { HeldInferences } from './heldInferences';
import { HeldValues } from './heldValues';
import { attributeMeasure, durationMeasure } from './inferenceMeasure';
import type { InferenceQuery } from './inferenceQuery';
import { type Place, rowsOf } from './joinedTrace';
import { pointsOf, type SignalPoint } from './signalPoint';
import { type SiteSummary, summarise } from './siteSummary';
import type { SpanSite } from './spanSite';
import type { Analyse } from './storeAnalysis';
import type { StoreStats } from './storeStats';

/** How much the store keeps. */
export interface StoreLimits {
  /** Traces that ended longer ago than this are evicted. */
  readonly maxAgeUs: number;
  /** By estimate; the traces that ended first are evicted first. */
  readonly maxBytes: number;
}

/** What a change brought and took, as trace ids, each in one list: what came and was evicted at once is in none. */
export interface StoreChange {
  readonly added: readonly string[];
  readonly updated: readonly string[];
  readonly removed: readonly string[];
}

/** Most traces that one step lets go, or twice as many as it took in: the rest goes with the next ones. */
const evictedAtOnce = 4096;

/** Traces within a bounded window of age and bytes. Features ask it questions; they never hold what it is made of. */
export class TraceStore {
  readonly #shelf: BlockShelf;
  readonly #onDidChange: Emitter<StoreChange>;
  readonly #onDidClear: Emitter<void>;
  #definition: InferenceDefinition;
  #limits: StoreLimits;
  #evictedByAge = 0;
  #evictedBySize = 0;
  readonly #inferences: HeldInferences;
  /** Columns of values, for rules. */
  readonly values: HeldValues;

  constructor(options: {
    readonly definition: InferenceDefinition;
    readonly limits: StoreLimits;
    readonly onListenerError?: (error: unknown) => void;
  }) {
    this.#definition = options.definition;
    this.#limits = options.limits;
    this.#shelf = new BlockShelf(options.definition);
    this.#inferences = new HeldInferences(this.#shelf.blocks);
    this.values = new HeldValues(this.#shelf.blocks, () => this.#definition);
    this.#onDidChange = new Emitter(options.onListenerError);
    this.#onDidClear = new Emitter(options.onListenerError);
  }

  /** Fires after each change that can be seen from outside. */
  get onDidChange() {
    return this.#onDidChange.event;
  }

  /** Fires when everything was let go at once, before `onDidChange`. */
  get onDidClear() {
    return this.#onDidClear.event;
  }

  /** Takes traces in; the same trace again replaces the old one. Then evicts what is too old at `nowUs`, or too much. */
  add(traces: readonly Trace[], nowUs: number): StoreChange {
    return this.addBlocks([blockOf(traces)], nowUs);
  }

  /** The same with traces that are in blocks, which become the store's. */
  addBlocks(blocks: readonly SpanBlock[], nowUs: number): StoreChange {
    return this.#taken(blocks, nowUs, (id, place) => {
      if (this.#isSame(id, place)) return false;
      this.#shelf.drop(id);
      this.#shelf.keep(id, place);
      return true;
    });
  }

  /**
   * Takes pieces of traces in, as they are received: their spans join those that are held of the same trace, which are not copied for it;
   * of two with one id the longest is kept.
   */
  mergeBlocks(blocks: readonly SpanBlock[], nowUs: number): StoreChange {
    return this.#taken(blocks, nowUs, (id, place) => this.#shelf.join(id, place));
  }

  /** Offers each trace of some blocks to `take`, which says whether it changed anything, and evicts. */
  #taken(
    blocks: readonly SpanBlock[],
    nowUs: number,
    take: (traceId: string, place: Place) => boolean,
  ): StoreChange {
    // The traces that came or changed, and whether they were held before.
    const touched = new Map<string, boolean>();
    for (const block of blocks) {
      if (block.traces.id.length === 0) continue;
      const held = this.#shelf.add(block);
      for (let trace = 0; trace < held.view.traceCount; trace++) {
        const id = held.view.traceId(trace);
        const isKnown = this.#shelf.has(id);
        const isTooOld = (block.traces.endTimeUs[trace] ?? 0) < nowUs - this.#limits.maxAgeUs;
        if ((isKnown || !isTooOld) && take(id, { held, trace }) && !touched.has(id)) touched.set(id, isKnown);
      }
    }
    const evicted = this.#evict(nowUs, Math.max(evictedAtOnce, 2 * touched.size));
    const kept = [...touched.keys()].filter((id) => this.#shelf.has(id));
    return this.#changed({
      added: kept.filter((id) => touched.get(id) === false),
      updated: kept.filter((id) => touched.get(id) === true),
      // What came and went at once was never here.
      removed: evicted.filter((id) => touched.get(id) !== false),
    });
  }

  /** Says of which time a source gave what there is of a service, or a sample of it: what was said last of a time counts. */
  cover(service: string, strata: readonly Stratum[], nowUs: number): void {
    if (!this.#shelf.cover(service, strata, nowUs - this.#limits.maxAgeUs)) return;
    this.#onDidChange.fire({ added: [], updated: [], removed: [] });
  }

  /** Of how many inferences of a service those that ended after a time are a sample; `undefined` when they are all. */
  sample(service: string, afterUs?: number): SampleSize | undefined {
    const error = this.#shelf.coverage.error(service, afterUs);
    if (!error) return undefined;
    const rows = this.#inferences.query({ service, ...(afterUs === undefined ? {} : { afterUs }) });
    const estimated = rows.reduce((sum, { weight }) => sum + weight, 0);
    return { known: rows.filter(({ weight }) => weight > 0).length, estimated, ...error };
  }

  /** Evicts what has become too old at `nowUs`: at most some thousand traces at once, so ask again when something went. */
  evict(nowUs: number): StoreChange {
    return this.#changed({ added: [], updated: [], removed: this.#evict(nowUs, evictedAtOnce) });
  }

  /** Lets everything go, and forgets what was evicted. */
  clear(): void {
    const removed = [...this.#shelf.traceIds];
    this.#shelf.clear();
    this.#evictedByAge = this.#evictedBySize = 0;
    this.#onDidClear.fire();
    this.#changed({ added: [], updated: [], removed });
  }

  /** Changes what counts as an inference and how much is kept; what is held is read anew. */
  configure(definition: InferenceDefinition, limits: StoreLimits, nowUs: number): void {
    this.#definition = definition;
    this.#limits = limits;
    this.#shelf.define(definition);
    const removed = this.#evict(nowUs, Number.POSITIVE_INFINITY);
    this.#changed({ added: [], updated: [...this.#shelf.traceIds], removed });
  }

  /** Has what is held analysed from now on, which is then read anew. */
  analyseWith(analyse: Analyse): void {
    this.#shelf.analyseWith(analyse);
    this.#changed({ added: [], updated: [...this.#shelf.traceIds], removed: [] });
  }

  /** The ids of all traces, in no order. */
  traceIds(): Iterable<string> {
    return this.#shelf.traceIds;
  }

  trace(traceId: string): Trace | undefined {
    return this.#shelf.trace(traceId);
  }

  /** The inferences of one trace, in the order of its spans. */
  inferencesOf(traceId: string): readonly Inference[] {
    const inferences = this.#shelf
      .piecesOf(traceId)
      .flatMap((piece) => rowsOf(piece).flatMap((row) => piece.held.inferenceAt(row) ?? []));
    return inferences.sort(
      ({ span: a }, { span: b }) => a.startTimeUs - b.startTimeUs || (a.spanId < b.spanId ? -1 : 1),
    );
  }

  /** Inferences, the one that ended first first. */
  inferences(query: InferenceQuery = {}): readonly Inference[] {
    return this.#inferences.query(query);
  }

  /** The services that have inferences, by name. */
  services(): readonly string[] {
    return [...this.#inferences.facts().services].sort();
  }

  /**
   * The values of an attribute over the inferences that a query asks for. The latency attribute is in milliseconds whatever unit it is
   * recorded in; other attributes are as they are. What is no number is left out.
   */
  signal(attribute: string, query: InferenceQuery = {}): readonly SignalPoint[] {
    const measure = attributeMeasure(attribute, this.#definition);
    return pointsOf(this.#inferences.query(query), measure, attribute === this.#definition.latencyAttribute);
  }

  /** How long the spans of the inferences' name took, in milliseconds; otherwise as `signal`. */
  durations(query: InferenceQuery = {}): readonly SignalPoint[] {
    return pointsOf(this.#inferences.query(query), durationMeasure(this.#definition));
  }

  /** The places in the code that made spans. */
  sites(): readonly SpanSite[] {
    return this.#shelf.sites.sites();
  }

  /** What is known of the spans of some sites, together. */
  summary(siteKeys: readonly string[]): SiteSummary {
    const { coverage } = this.#shelf;
    const parts = siteKeys.flatMap((key) => this.#shelf.sites.partsOf(key));
    return summarise(parts, (service, afterUs) => coverage.error(service, afterUs));
  }

  stats(): StoreStats {
    const inferences = this.#inferences.facts();
    let [spans, bytes] = [0, 0];
    for (const { liveSpans, liveBytes } of this.#shelf.blocks) {
      spans += liveSpans;
      bytes += liveBytes;
    }
    return {
      traces: this.#shelf.traceCount,
      spans,
      inferences: inferences.count,
      bytes,
      evictedByAge: this.#evictedByAge,
      evictedBySize: this.#evictedBySize,
      unreadableLatencies: inferences.unreadable,
    };
  }

  dispose(): void {
    this.#onDidChange.dispose();
    this.#onDidClear.dispose();
  }

  /** Whether a trace is held as it is at a place. */
  #isSame(traceId: string, { held, trace }: Place): boolean {
    if (!this.#shelf.has(traceId)) return false;
    let known = 0;
    // A trace's is the sum of its spans', so that of pieces is the sum of theirs.
    for (const piece of this.#shelf.piecesOf(traceId))
      known += piece.held.view.block.traces.fingerprint[piece.trace] ?? 0;
    return known >>> 0 === held.view.block.traces.fingerprint[trace];
  }

  #evict(nowUs: number, most: number): readonly string[] {
    const removed = this.#letGo(nowUs, most);
    if (!this.#shelf.tidy()) return removed;
    // What was read of blocks that are put together now must not keep them.
    this.#inferences.forget();
    // Texts that traces shared weigh on those that are left, which may have become too much.
    return [...removed, ...this.#letGo(nowUs, most - removed.length)];
  }

  #letGo(nowUs: number, most: number): readonly string[] {
    const removed: string[] = [];
    let bytes = 0;
    for (const { liveBytes } of this.#shelf.blocks) bytes += liveBytes;
    while (removed.length < most) {
      const oldest = this.#shelf.oldest();
      if (!oldest) break;
      const { view } = oldest.held;
      const isTooOld = (view.block.traces.endTimeUs[oldest.trace] ?? 0) < nowUs - this.#limits.maxAgeUs;
      if (!isTooOld && bytes <= this.#limits.maxBytes) break;
      if (isTooOld) this.#evictedByAge++;
      else this.#evictedBySize++;
      const id = view.traceId(oldest.trace);
      for (const { held, trace } of this.#shelf.piecesOf(id))
        bytes -= held.view.block.traces.bytes[trace] ?? 0;
      this.#shelf.drop(id);
      removed.push(id);
    }
    return removed;
  }

  #changed(change: StoreChange): StoreChange {
    if (change.added.length + change.updated.length + change.removed.length === 0) return change;
    this.#inferences.forget();
    this.#onDidChange.fire(change);
    return change;
  }
}
