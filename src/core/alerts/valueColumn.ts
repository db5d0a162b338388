import type { RuleSignal, SpanFilter } from './rule';

/** Values and when they were, the one that ended first first. */
export interface ValueColumn {
  readonly timeUs: Float64Array;
  readonly value: Float64Array;
  /** How many each stands for; `undefined` when each stands for itself. */
  readonly weight: Float64Array | undefined;
}

/** The values of one group, in the columns that they lie in: each begins when the one before it has ended. */
export interface ValueSeries {
  /** The values of the labels that it is grouped by, in their order. */
  readonly labels: readonly string[];
  readonly columns: readonly ValueColumn[];
}

/** Which values are wanted, and how they are grouped. */
export interface Selection extends SpanFilter {
  readonly signal: RuleSignal;
  readonly groupBy: readonly string[];
}

/** Most groups of a selection: an attribute that is different each time would otherwise make a state of each span. */
export const mostGroups = 100;

/** Where rules have their values from. Times are those at which spans ended: (afterUs, toUs]. */
export interface ValueSource {
  /** At most `mostGroups`, in the order in which they first came. */
  series(selection: Selection, afterUs: number, toUs: number): readonly ValueSeries[];
}
