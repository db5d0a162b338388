import { blockOf } from '../../../src/core/columns/writeTrace';
import type { TraceSearch } from '../../../src/core/jaeger/jaegerQuery';
import type { Trace } from '../../../src/core/trace/trace';
import { answerOf } from '../../../src/sources/traceAnswer';
import { inferenceTrace } from '../core/store/storeOf';

/** One inference of a made-up service. */
export interface Event {
  readonly startUs: number;
  readonly latencyMs: number;
}

/** Which traces a server picks when it cuts an answer. */
export const pickings = ['newest', 'oldest', 'fastest', 'slowest', 'any'] as const;

/** A random number generator with a seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Answers searches as a Jaeger with many traces does, of which it cuts the answers in its own way. */
export class FakePopulation {
  readonly searches: TraceSearch[] = [];
  readonly #events: readonly Event[];
  readonly #picking: (typeof pickings)[number];
  /** What the server gives at most, whatever it is asked for, and without a word. */
  hiddenLimit = Number.POSITIVE_INFINITY;
  /** Traces that it gives beyond the limit. */
  excess = 0;

  constructor(events: readonly Event[], picking: (typeof pickings)[number] = 'newest') {
    this.#events = events;
    this.#picking = picking;
  }

  async search(search: TraceSearch) {
    this.searches.push(search);
    const { startUs, endUs, minDurationUs = 0, limit } = search;
    const matching = [...this.#events.entries()].filter(
      ([, event]) =>
        event.startUs >= startUs && event.startUs <= endUs && event.latencyMs * 1000 >= minDurationUs,
    );
    const given = this.#pick(matching).slice(0, Math.min(limit + this.excess, this.hiddenLimit));
    const traces = given.map(([id, event]) => traceOf(id + 1, event));
    const answer = { problems: [], count: traces.length, isPartial: false, api: 'api' as const };
    return answerOf({ ...answer, blocks: [blockOf(traces)] }, traces.length >= limit);
  }

  #pick(events: [number, Event][]): [number, Event][] {
    const random = randomOf(events.length);
    const keys = {
      newest: ([, { startUs }]: [number, Event]) => -startUs,
      oldest: ([, { startUs }]: [number, Event]) => startUs,
      fastest: ([, { latencyMs }]: [number, Event]) => latencyMs,
      slowest: ([, { latencyMs }]: [number, Event]) => -latencyMs,
      any: random,
    };
    const key = keys[this.#picking];
    return events
      .map((event) => ({ event, key: key(event) }))
      .sort((a, b) => a.key - b.key)
      .map(({ event }) => event);
  }
}

function traceOf(id: number, { startUs, latencyMs }: Event): Trace {
  const durationUs = latencyMs * 1000;
  return inferenceTrace(id, startUs + durationUs, latencyMs, { startTimeUs: startUs, durationUs });
}
