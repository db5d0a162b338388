import { criticalPath, criticalTimes } from '../trace/criticalPath';
import { buildSpanTree } from '../trace/spanTree';
import type { Trace } from '../trace/trace';
import { codeAttributes, siteKey } from './spanSite';
import type { TraceStore } from './traceStore';

/** How many traces are looked at, the newest ones. */
export const recentTraces = 200;
/** Spans of one step: some milliseconds. */
const spansAtOnce = 400;
/** A trace with more spans is left out: its path alone would hold everything up. */
const maxSpans = 5000;

/** What traces waited for at one place in the code. */
export interface CriticalShare {
  /** Its part of all that they waited for, 0 to 1. */
  readonly share: number;
  /** Microseconds, of all these traces. */
  readonly timeUs: number;
  /** One of its spans, of the newest trace that waited for it. */
  readonly example: { readonly traceId: string; readonly spanId: string };
}

type Times = ReadonlyMap<string, { readonly timeUs: number; readonly spanId: string }>;
type Asked = Pick<TraceStore, 'inferences' | 'trace'>;

/**
 * What the newest traces with an inference waited for: the self time of spans on the critical path, by place in the code. Each trace is
 * looked at once, a few at a step, so that whoever asks never waits for it.
 */
export class CriticalShares {
  readonly #store: Asked;
  readonly #times = new Map<string, Times>();
  #shares: ReadonlyMap<string, CriticalShare> | undefined;
  #newest: readonly string[] = [];

  constructor(store: Asked) {
    this.#store = store;
  }

  /** How many traces these are. */
  get traceCount(): number {
    return this.#times.size;
  }

  /** Looks at these traces again, since they have changed. */
  forget(traceIds: Iterable<string>): void {
    for (const id of traceIds) if (this.#times.delete(id)) this.#shares = undefined;
  }

  /** Looks at some traces; whether there are more to look at. */
  step(): boolean {
    this.#newest = newestTraces(this.#store);
    const wanted = new Set(this.#newest);
    this.forget([...this.#times.keys()].filter((id) => !wanted.has(id)));
    let spans = 0;
    for (const id of this.#newest) {
      if (this.#times.has(id)) continue;
      if (spans >= spansAtOnce) return true;
      const trace = this.#store.trace(id);
      this.#times.set(id, trace ? timesOf(trace) : new Map());
      this.#shares = undefined;
      spans += trace?.spans.length ?? 0;
    }
    return false;
  }

  /** By key of the site. */
  shares(): ReadonlyMap<string, CriticalShare> {
    this.#shares ??= this.#sum();
    return this.#shares;
  }

  #sum(): ReadonlyMap<string, CriticalShare> {
    const sums = new Map<string, { timeUs: number; example: CriticalShare['example'] }>();
    let total = 0;
    for (const traceId of this.#newest) {
      for (const [key, { timeUs, spanId }] of this.#times.get(traceId) ?? []) {
        const known = sums.get(key);
        if (known) known.timeUs += timeUs;
        else sums.set(key, { timeUs, example: { traceId, spanId } });
        total += timeUs;
      }
    }
    return new Map([...sums].map(([key, sum]) => [key, { ...sum, share: sum.timeUs / total }]));
  }
}

/** The ids of the traces with the newest inferences, the newest first. */
function newestTraces(store: Asked): readonly string[] {
  const inferences = store.inferences();
  const ids = new Set<string>();
  for (let i = inferences.length - 1; i >= 0 && ids.size < recentTraces; i--) {
    const id = inferences[i]?.span.traceId;
    if (id !== undefined) ids.add(id);
  }
  return [...ids];
}

function timesOf(trace: Trace): Times {
  const times = new Map<string, { timeUs: number; spanId: string }>();
  if (trace.spans.length > maxSpans) return times;
  for (const [span, timeUs] of criticalTimes(criticalPath(buildSpanTree(trace)))) {
    const key = siteKey(span, codeAttributes(span));
    const known = times.get(key);
    if (known) known.timeUs += timeUs;
    else times.set(key, { timeUs, spanId: span.spanId });
  }
  return times;
}
