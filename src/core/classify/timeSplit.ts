import type { CriticalSection, TimedSpan } from '../trace/criticalPath';
import { type SpanClass, spanClasses } from './spanClass';

/** Microseconds by class. */
export type TimeSplit = Readonly<Record<SpanClass, number>>;

/** No time at all. */
export const noTime: TimeSplit = { storage: 0, model: 0, queue: 0, network: 0, application: 0 };

/** A part of a split, 0 to 1. */
export interface ClassShare {
  readonly as: SpanClass;
  readonly share: number;
}

/** How much of a critical path each span took by itself, in microseconds. */
export function ownTimes<S extends TimedSpan>(
  sections: readonly CriticalSection<S>[],
): ReadonlyMap<S, number> {
  const own = new Map<S, number>();
  for (const { span, startUs, endUs } of sections) own.set(span, (own.get(span) ?? 0) + endUs - startUs);
  return own;
}

/** The time of a critical path by class; `queuedUs` says how much of a span's own time it waited, by its own account. */
export function splitPath<S extends TimedSpan>(
  sections: readonly CriticalSection<S>[],
  classOf: (span: S) => SpanClass,
  queuedUs: (span: S) => number,
): TimeSplit {
  const split = { ...noTime };
  for (const [span, timeUs] of ownTimes(sections)) {
    const waitedUs = Math.min(timeUs, queuedUs(span));
    split.queue += waitedUs;
    split[classOf(span)] += timeUs - waitedUs;
  }
  return split;
}

/** Adds a split to a sum. */
export function addSplit(sum: Record<SpanClass, number>, split: TimeSplit): void {
  for (const as of spanClasses) sum[as] += split[as];
}

/** The parts of a split that are there, the largest first; none of no time. */
export function classShares(split: TimeSplit): readonly ClassShare[] {
  const total = spanClasses.reduce((sum, as) => sum + split[as], 0);
  return spanClasses
    .filter((as) => split[as] > 0)
    .map((as) => ({ as, share: split[as] / total }))
    .sort((a, b) => b.share - a.share);
}
