import { Emitter } from '../event';
import type { Point } from '../statistics/movingSeries';
import { findInferences, type Inference, type InferenceDefinition, readNumber } from '../trace/inference';
import { endTimeUs, type Span } from '../trace/span';
import type { Trace } from '../trace/trace';
import { mergeTrace } from './mergeTrace';
import { SiteIndex } from './siteIndex';
import { codeAttributes, type SpanSite, siteKey } from './spanSite';
import { traceFingerprint } from './traceFingerprint';
import { estimateTraceBytes } from './traceSize';

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

/** A span seen at its site; with the inference that it is, if it is one. */
export interface SiteSample {
  readonly span: Span;
  /** Microseconds since the Unix epoch. */
  readonly endTimeUs: number;
  readonly inference: Inference | undefined;
}

/** Which inferences are asked for. Times are those at which inferences ended: (afterUs, toUs]. */
export interface InferenceQuery {
  readonly service?: string;
  readonly afterUs?: number;
  readonly toUs?: number;
}

interface Entry {
  readonly trace: Trace;
  readonly inferences: readonly Inference[];
  readonly bytes: number;
  readonly fingerprint: number;
}

/** Traces within a bounded window of age and bytes. Features ask it questions; they never hold what it is made of. */
export class TraceStore {
  readonly #entries = new Map<string, Entry>();
  readonly #sites = new SiteIndex();
  readonly #onDidChange: Emitter<StoreChange>;
  #definition: InferenceDefinition;
  #limits: StoreLimits;
  #bytes = 0;
  #spans = 0;
  #evictedByAge = 0;
  #evictedBySize = 0;
  /** All inferences, oldest end first; rebuilt when asked for after a change. */
  #ordered: readonly Inference[] | undefined;

  constructor(options: {
    readonly definition: InferenceDefinition;
    readonly limits: StoreLimits;
    readonly onListenerError?: (error: unknown) => void;
  }) {
    this.#definition = options.definition;
    this.#limits = options.limits;
    this.#onDidChange = new Emitter(options.onListenerError);
  }

  /** Fires after each change that can be seen from outside. */
  get onDidChange() {
    return this.#onDidChange.event;
  }

  /** Takes traces in; the same trace again replaces the old one. Then evicts what is too old at `nowUs`, or too much. */
  add(traces: readonly Trace[], nowUs: number): StoreChange {
    // The traces that came or changed, and whether they were held before.
    const touched = new Map<string, boolean>();
    for (const trace of traces) {
      const known = this.#entries.get(trace.traceId);
      const fingerprint = traceFingerprint(trace);
      if (known?.fingerprint === fingerprint || (!known && this.#isTooOld(trace, nowUs))) continue;
      if (known) this.#remove(known);
      this.#insert(trace, fingerprint);
      if (!touched.has(trace.traceId)) touched.set(trace.traceId, known !== undefined);
    }
    const evicted = this.#evict(nowUs);
    const kept = [...touched.keys()].filter((id) => this.#entries.has(id));
    return this.#changed({
      added: kept.filter((id) => touched.get(id) === false),
      updated: kept.filter((id) => touched.get(id) === true),
      // What came and went at once was never here.
      removed: evicted.filter((id) => touched.get(id) !== false),
    });
  }

  /** Takes pieces of traces in, as they are received: their spans join those that are held of the same trace. */
  merge(pieces: readonly Trace[], nowUs: number): StoreChange {
    const joined = new Map<string, Trace>();
    for (const piece of pieces) {
      const known = joined.get(piece.traceId) ?? this.trace(piece.traceId);
      joined.set(piece.traceId, mergeTrace(known, piece));
    }
    return this.add([...joined.values()], nowUs);
  }

  /** Evicts what has become too old at `nowUs`. */
  evict(nowUs: number): StoreChange {
    return this.#changed({ added: [], updated: [], removed: this.#evict(nowUs) });
  }

  /** Lets everything go, and forgets what was evicted. */
  clear(): void {
    const removed = [...this.#entries.keys()];
    this.#entries.clear();
    this.#sites.clear();
    this.#bytes = this.#spans = this.#evictedByAge = this.#evictedBySize = 0;
    this.#changed({ added: [], updated: [], removed });
  }

  /** Changes what counts as an inference and how much is kept; what is held is read anew. */
  configure(definition: InferenceDefinition, limits: StoreLimits, nowUs: number): void {
    this.#definition = definition;
    this.#limits = limits;
    for (const [id, entry] of this.#entries) {
      this.#entries.set(id, { ...entry, inferences: findInferences(entry.trace, definition) });
    }
    const removed = this.#evict(nowUs);
    this.#changed({ added: [], updated: [...this.#entries.keys()], removed });
  }

  trace(traceId: string): Trace | undefined {
    return this.#entries.get(traceId)?.trace;
  }

  /** The inferences of one trace, in the order of its spans. */
  inferencesOf(traceId: string): readonly Inference[] {
    return this.#entries.get(traceId)?.inferences ?? [];
  }

  /** Inferences, the one that ended first first. */
  inferences(query: InferenceQuery = {}): readonly Inference[] {
    const { service, afterUs = Number.NEGATIVE_INFINITY, toUs = Number.POSITIVE_INFINITY } = query;
    return this.#inOrder().filter(
      (inference) =>
        inference.endTimeUs > afterUs &&
        inference.endTimeUs <= toUs &&
        (service === undefined || inference.span.service === service),
    );
  }

  /** The services that have inferences, by name. */
  services(): readonly string[] {
    return [...new Set(this.#inOrder().map(({ span }) => span.service))].sort();
  }

  /**
   * The values of an attribute over the inferences that a query asks for, each at the end of its inference. The latency
   * attribute is in milliseconds whatever unit it is recorded in; other attributes are as they are. What is no number is left out.
   */
  signal(attribute: string, query: InferenceQuery = {}): readonly (Point & { readonly span: Span })[] {
    return this.inferences(query).flatMap((inference) => {
      const raw = inference.span.attributes.get(attribute);
      const value =
        attribute === this.#definition.latencyAttribute
          ? inference.storageLatencyMs
          : raw === undefined
            ? undefined
            : readNumber(raw);
      return value === undefined ? [] : [{ timeUs: inference.endTimeUs, value, span: inference.span }];
    });
  }

  /** The places in the code that made spans. */
  sites(): readonly SpanSite[] {
    return this.#sites.sites();
  }

  /** The spans of one site, the one that ended last first. */
  samplesAt(siteKeyToFind: string): readonly SiteSample[] {
    const samples: SiteSample[] = [];
    for (const traceId of this.#sites.traceIdsAt(siteKeyToFind)) {
      const entry = this.#entries.get(traceId);
      const inferences = new Map(entry?.inferences.map((inference) => [inference.span, inference]));
      for (const span of entry?.trace.spans ?? []) {
        if (siteKey(span, codeAttributes(span)) !== siteKeyToFind) continue;
        samples.push({ span, endTimeUs: endTimeUs(span), inference: inferences.get(span) });
      }
    }
    return samples.sort((a, b) => b.endTimeUs - a.endTimeUs);
  }

  stats(): StoreStats {
    const inferences = this.#inOrder();
    return {
      traces: this.#entries.size,
      spans: this.#spans,
      inferences: inferences.length,
      bytes: this.#bytes,
      evictedByAge: this.#evictedByAge,
      evictedBySize: this.#evictedBySize,
      unreadableLatencies: inferences.filter((inference) => inference.hasUnreadableLatency).length,
    };
  }

  dispose(): void {
    this.#onDidChange.dispose();
  }

  #inOrder(): readonly Inference[] {
    this.#ordered ??= [...this.#entries.values()]
      .flatMap((entry) => entry.inferences)
      .sort((a, b) => a.endTimeUs - b.endTimeUs || (a.span.spanId < b.span.spanId ? -1 : 1));
    return this.#ordered;
  }

  #insert(trace: Trace, fingerprint: number): void {
    const bytes = estimateTraceBytes(trace);
    const inferences = findInferences(trace, this.#definition);
    this.#entries.set(trace.traceId, { trace, bytes, fingerprint, inferences });
    this.#sites.add(trace);
    this.#bytes += bytes;
    this.#spans += trace.spans.length;
  }

  #remove(entry: Entry): void {
    this.#entries.delete(entry.trace.traceId);
    this.#sites.remove(entry.trace);
    this.#bytes -= entry.bytes;
    this.#spans -= entry.trace.spans.length;
  }

  #isTooOld(trace: Trace, nowUs: number): boolean {
    return trace.endTimeUs < nowUs - this.#limits.maxAgeUs;
  }

  #evict(nowUs: number): readonly string[] {
    const removed: string[] = [];
    for (const entry of this.#entries.values()) {
      if (!this.#isTooOld(entry.trace, nowUs)) continue;
      this.#remove(entry);
      this.#evictedByAge++;
      removed.push(entry.trace.traceId);
    }
    if (this.#bytes <= this.#limits.maxBytes) return removed;
    const oldestFirst = [...this.#entries.values()].sort((a, b) => a.trace.endTimeUs - b.trace.endTimeUs);
    for (const entry of oldestFirst) {
      if (this.#bytes <= this.#limits.maxBytes) break;
      this.#remove(entry);
      this.#evictedBySize++;
      removed.push(entry.trace.traceId);
    }
    return removed;
  }

  #changed(change: StoreChange): StoreChange {
    if (change.added.length + change.updated.length + change.removed.length === 0) return change;
    this.#ordered = undefined;
    this.#onDidChange.fire(change);
    return change;
  }
}
