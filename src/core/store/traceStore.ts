import type { SpanBlock } from '../columns/spanBlock';
import { tracesOf } from '../columns/tracesOf';
import { blockOf } from '../columns/writeTrace';
import { Emitter } from '../event';
import type { SampleSize } from '../sampling/sampleSize';
import type { Stratum } from '../sampling/stratum';
import type { Point } from '../statistics/movingSeries';
import { type Inference, type InferenceDefinition, readNumber } from '../trace/inference';
import type { Span } from '../trace/span';
import type { Trace } from '../trace/trace';
import type { RowInference } from './blockInferences';
import { BlockShelf } from './blockShelf';
import { firstAfter } from './firstAfter';
import { mergeTrace } from './mergeTrace';
import { type SiteSummary, summarise } from './siteSummary';
import type { SpanSite } from './spanSite';

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

/** What the store holds, and what it let go since it was made or cleared. */
export interface StoreStats {
  readonly traces: number;
  readonly spans: number;
  readonly inferences: number;
  readonly bytes: number;
  readonly evictedByAge: number;
  readonly evictedBySize: number;
  /** Inferences held whose latency attribute is no finite, non-negative number. */
  readonly unreadableLatencies: number;
}

/** Which inferences are asked for. Times are those at which inferences ended: (afterUs, toUs]. */
export interface InferenceQuery {
  readonly service?: string;
  readonly afterUs?: number;
  readonly toUs?: number;
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
  /** All inferences, oldest end first; put together when asked for after a change. */
  #ordered: readonly RowInference[] | undefined;

  constructor(options: {
    readonly definition: InferenceDefinition;
    readonly limits: StoreLimits;
    readonly onListenerError?: (error: unknown) => void;
  }) {
    this.#definition = options.definition;
    this.#limits = options.limits;
    this.#shelf = new BlockShelf(options.definition);
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
    // The traces that came or changed, and whether they were held before.
    const touched = new Map<string, boolean>();
    for (const block of blocks) if (block.traces.id.length > 0) this.#take(block, nowUs, touched);
    const evicted = this.#evict(nowUs, Math.max(evictedAtOnce, 2 * touched.size));
    const kept = [...touched.keys()].filter((id) => this.#shelf.find(id) !== undefined);
    return this.#changed({
      added: kept.filter((id) => touched.get(id) === false),
      updated: kept.filter((id) => touched.get(id) === true),
      // What came and went at once was never here.
      removed: evicted.filter((id) => touched.get(id) !== false),
    });
  }

  /** Takes pieces of traces in, as they are received: their spans join those that are held of the same trace. */
  mergeBlocks(blocks: readonly SpanBlock[], nowUs: number): StoreChange {
    const joined = new Map<string, Trace>();
    for (const piece of tracesOf(blocks)) {
      const known = joined.get(piece.traceId) ?? this.trace(piece.traceId);
      joined.set(piece.traceId, mergeTrace(known, piece));
    }
    return this.add([...joined.values()], nowUs);
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
    const rows = this.#rows({ service, ...(afterUs === undefined ? {} : { afterUs }) });
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

  /** The ids of all traces, in no order. */
  traceIds(): Iterable<string> {
    return this.#shelf.traceIds;
  }

  trace(traceId: string): Trace | undefined {
    const place = this.#shelf.find(traceId);
    return place?.held.view.trace(place.trace);
  }

  /** The inferences of one trace, in the order of its spans. */
  inferencesOf(traceId: string): readonly Inference[] {
    const place = this.#shelf.find(traceId);
    if (!place) return [];
    const { held, trace } = place;
    const [from, to] = held.view.rowsOf(trace);
    const inferences = Array.from({ length: to - from }, (_, i) => held.inferences.at(from + i) ?? []).flat();
    return inferences.sort(
      ({ span: a }, { span: b }) => a.startTimeUs - b.startTimeUs || (a.spanId < b.spanId ? -1 : 1),
    );
  }

  /** Inferences, the one that ended first first. */
  inferences(query: InferenceQuery = {}): readonly Inference[] {
    return this.#rows(query);
  }

  /** The services that have inferences, by name. */
  services(): readonly string[] {
    return [...new Set(this.#inOrder().map(({ service }) => service))].sort();
  }

  /**
   * The values of an attribute over the inferences that a query asks for, each at the end of its inference. The latency
   * attribute is in milliseconds whatever unit it is recorded in; other attributes are as they are. What is no number is left out.
   */
  signal(attribute: string, query: InferenceQuery = {}): readonly (Point & { readonly span: Span })[] {
    const isLatency = attribute === this.#definition.latencyAttribute;
    return this.#rows(query).flatMap((inference) => {
      const raw = isLatency ? undefined : inference.attribute(attribute);
      const other = raw === undefined ? undefined : readNumber(raw);
      const value = isLatency ? inference.storageLatencyMs : other;
      const { endTimeUs: timeUs, weight, span } = inference;
      return value === undefined ? [] : [{ timeUs, value, weight, span }];
    });
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
    const inferences = this.#inOrder();
    let [spans, bytes] = [0, 0];
    for (const { liveSpans, liveBytes } of this.#shelf.blocks) {
      spans += liveSpans;
      bytes += liveBytes;
    }
    return {
      traces: this.#shelf.traceCount,
      spans,
      inferences: inferences.length,
      bytes,
      evictedByAge: this.#evictedByAge,
      evictedBySize: this.#evictedBySize,
      unreadableLatencies: inferences.filter((inference) => inference.hasUnreadableLatency).length,
    };
  }

  dispose(): void {
    this.#onDidChange.dispose();
    this.#onDidClear.dispose();
  }

  #rows({ service, afterUs, toUs }: InferenceQuery): readonly RowInference[] {
    const all = this.#inOrder();
    const from = afterUs === undefined ? 0 : firstAfter(all, afterUs);
    const to = toUs === undefined ? all.length : firstAfter(all, toUs);
    const within = from === 0 && to === all.length ? all : all.slice(from, Math.max(from, to));
    return service === undefined ? within : within.filter((inference) => inference.service === service);
  }

  #inOrder(): readonly RowInference[] {
    this.#ordered ??= [...this.#shelf.blocks]
      .flatMap((held) => held.inferences.live((trace) => held.has(trace)))
      // Each block's are in order already, which this sort makes use of.
      .sort((a, b) => a.endTimeUs - b.endTimeUs);
    return this.#ordered;
  }

  #take(block: SpanBlock, nowUs: number, touched: Map<string, boolean>): void {
    const { fingerprint, endTimeUs } = block.traces;
    const held = this.#shelf.add(block);
    for (let trace = 0; trace < held.view.traceCount; trace++) {
      const id = held.view.traceId(trace);
      const known = this.#shelf.find(id);
      const isSame = known && known.held.view.block.traces.fingerprint[known.trace] === fingerprint[trace];
      if (isSame || (!known && (endTimeUs[trace] ?? 0) < nowUs - this.#limits.maxAgeUs)) continue;
      if (known) this.#shelf.drop(id, known);
      this.#shelf.keep(id, { held, trace });
      if (!touched.has(id)) touched.set(id, known !== undefined);
    }
  }

  #evict(nowUs: number, most: number): readonly string[] {
    const removed: string[] = [];
    let bytes = 0;
    for (const { liveBytes } of this.#shelf.blocks) bytes += liveBytes;
    while (removed.length < most) {
      const oldest = this.#shelf.oldest();
      if (!oldest) break;
      const { traces } = oldest.held.view.block;
      const isTooOld = (traces.endTimeUs[oldest.trace] ?? 0) < nowUs - this.#limits.maxAgeUs;
      if (!isTooOld && bytes <= this.#limits.maxBytes) break;
      if (isTooOld) this.#evictedByAge++;
      else this.#evictedBySize++;
      const id = oldest.held.view.traceId(oldest.trace);
      bytes -= traces.bytes[oldest.trace] ?? 0;
      this.#shelf.drop(id, oldest);
      removed.push(id);
    }
    if (!this.#shelf.tidy()) return removed;
    // What was read of blocks that are put together now must not keep them.
    this.#ordered = undefined;
    // Texts that traces shared weigh on those that are left, which may have become too much.
    return [...removed, ...this.#evict(nowUs, most - removed.length)];
  }

  #changed(change: StoreChange): StoreChange {
    if (change.added.length + change.updated.length + change.removed.length === 0) return change;
    this.#ordered = undefined;
    this.#onDidChange.fire(change);
    return change;
  }
}
