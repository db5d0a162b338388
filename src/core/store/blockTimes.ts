import type { SpanClassifier } from '../classify/spanClassifier';
import type { TimeSplit } from '../classify/timeSplit';
import { type SplitSpan, TraceTimes } from '../classify/traceTimes';
import { queuedUs, queueTimeKey, tritonKey, waitsFromUs } from '../classify/waiting';
import { keyMask } from '../columns/attributeValue';
import type { BlockView } from '../columns/blockView';
import { rangeOf } from '../columns/rangeOf';
import { type AttributeValue, spanKinds } from '../trace/span';
import type { HeldBlock } from './heldBlock';
import type { JoinedFacts } from './joinedFacts';
import type { RowTimes } from './storeAnalysis';
import type { TimesCache } from './timesCache';

/** What the times of all blocks of a store have in common. */
export interface TimesParts {
  readonly classifier: SpanClassifier;
  readonly cache: TimesCache;
  readonly joined: JoinedFacts;
}

/** A span of a block; its id is the reference of its id, which a block has once. */
type RowSpan = SplitSpan & { readonly spanId: number };

/** A span of a trace that lies in several blocks. */
export type JoinedSpan = SplitSpan & { readonly spanId: string };

/**
 * What the time of the traces of a block was spent on. Spans are read from their columns, without becoming objects with all they have. A trace
 * that lies in other blocks as well is looked at with all its pieces.
 */
export class BlockTimes implements RowTimes {
  readonly #held: HeldBlock;
  readonly #view: BlockView;
  readonly #parts: TimesParts;
  /** Those of traces that are whole here. */
  readonly #traces = new Map<number, TraceTimes<RowSpan>>();
  /** By reference: 1 for a key that is of interest, 2 for one that is not, 0 for one that was not seen yet. */
  readonly #interest: Uint8Array;

  constructor(held: HeldBlock, parts: TimesParts) {
    const { view } = held;
    this.#held = held;
    this.#view = view;
    this.#parts = parts;
    this.#interest = new Uint8Array(view.block.texts.ends.length);
  }

  splitOf(row: number): TimeSplit | undefined {
    return this.#ask(row, (times, id) => times.splitOf(id));
  }

  waitedFor(row: number): TimeSplit | undefined {
    return this.#ask(row, (times, id) => times.waitedFor(id));
  }

  storageUsOf(row: number): number | undefined {
    return this.#ask(row, (times, id) => times.storageUsOf(id));
  }

  /** A row as a span of a trace that lies in other blocks as well. */
  joinedSpan(row: number): JoinedSpan {
    const span = this.#span(row);
    const { spanId, parentSpanId } = span;
    return {
      ...span,
      spanId: this.#view.text(spanId),
      parentSpanId: parentSpanId === undefined ? undefined : this.#view.text(Number(parentSpanId)),
    };
  }

  forget(trace: number): void {
    this.#traces.delete(trace);
  }

  #ask<T>(row: number, ask: (times: TraceTimes<SplitSpan>, id: SplitSpan['spanId']) => T): T {
    const id = this.#view.block.spans.id[row] ?? 0;
    const trace = this.#view.traceOf(row);
    const known = this.#traces.get(trace);
    if (known) return ask(known, id);
    const { joined, cache } = this.#parts;
    if (!joined.isWhole(this.#held, trace))
      return ask(joined.times(this.#view.traceId(trace)), this.#view.text(id));
    const [from, to] = this.#view.rowsOf(trace);
    const times = new TraceTimes(Array.from({ length: to - from }, (_, i) => this.#span(from + i)));
    this.#traces.set(trace, times);
    cache.keep(this.#traces, trace, to - from);
    return ask(times, id);
  }

  #span(row: number): RowSpan {
    const { id, parent, startTimeUs, durationUs, kind, name } = this.#view.block.spans;
    const spanKind = spanKinds[kind[row] ?? 0] ?? 'unspecified';
    let [queued, waitsFrom]: [number, number | undefined] = [0, undefined];
    const present = this.#present(row);
    for (const [key, value] of present) {
      if (key === queueTimeKey) queued = queuedUs(value);
      if (key === tritonKey) waitsFrom = waitsFromUs(this.#view.span(row).events);
    }
    return {
      spanId: id[row] ?? 0,
      parentSpanId: parent[row] || undefined,
      startTimeUs: startTimeUs[row] ?? 0,
      durationUs: durationUs[row] ?? 0,
      kind: spanKind,
      own: this.#parts.classifier.ownClass({
        name: this.#view.name(name[row]),
        service: this.#view.service(row),
        kind: spanKind,
        attributesIn: () => present,
      }),
      queuedUs: queued,
      waitsFromUs: waitsFrom,
    };
  }

  /** The attributes of a row that say something. */
  #present(row: number): (readonly [string, AttributeValue])[] {
    const { attributes } = this.#view.block.spans;
    const [from, to] = rangeOf(attributes.ends, row);
    const found: (readonly [string, AttributeValue])[] = [];
    for (let i = from; i < to; i++) {
      const key = (attributes.keys[i] ?? 0) & keyMask;
      if (this.#interest[key] === 2) continue;
      const name = this.#view.name(key);
      if (this.#interest[key] === 0) this.#interest[key] = this.#isWanted(name) ? 1 : 2;
      if (this.#interest[key] === 1) found.push([name, this.#view.value(attributes, i)]);
    }
    return found;
  }

  #isWanted(key: string): boolean {
    return key === queueTimeKey || this.#parts.classifier.looksAt(key);
  }
}
