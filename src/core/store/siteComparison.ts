import type { RowInference } from './blockInferences';
import type { SiteColumns } from './blockSites';
import { distribution } from './distribution';
import { firstAfter } from './firstAfter';
import type { SitePart } from './siteSummary';
import { type SortedValues, sortedValues } from './sortedValues';

/** Fewest values of the time that is compared. */
export const minRecent = 5;
/** Fewest values of the time before it. */
export const minBefore = 10;

/** The medians of the time that began then, and of all that is known before it. */
export interface SiteComparison {
  readonly recent: number;
  readonly before: number;
}

interface Halves {
  readonly before: SortedValues;
  readonly recent: SortedValues;
}

const none = sortedValues(new Float64Array(), undefined);

/**
 * Compares what ended after a time with what ended before it by their medians, which a few odd values do not move: the latencies of
 * inferences or, where there are none, the durations of spans. `undefined` with fewer than 5 after or 10 before: that few say nothing.
 * What a block has before is sorted already, so that only the blocks that the time cuts are looked through.
 */
export function compareWithBefore(
  parts: readonly SitePart[],
  columns: readonly SiteColumns[],
  afterUs: number,
): SiteComparison | undefined {
  const hasInferences = columns.some(({ inferences }) => inferences.length > 0);
  const halves = columns.map((column, i) => {
    const part = parts[i];
    return hasInferences || !part
      ? latencyHalves(column, afterUs)
      : durationHalves(column, part.held.view.block.spans, afterUs);
  });
  const recent = halves.map((half) => half.recent);
  const before = halves.map((half) => half.before);
  if (count(recent) < minRecent || count(before) < minBefore) return undefined;
  const [now, then] = [distribution(recent).quantile(0.5), distribution(before).quantile(0.5)];
  return now === undefined || then === undefined ? undefined : { recent: now, before: then };
}

function latencyHalves({ inferences, latenciesMs }: SiteColumns, afterUs: number): Halves {
  const split = firstAfter(inferences, afterUs);
  if (split === inferences.length) return { before: latenciesMs, recent: none };
  if (split === 0) return { before: none, recent: latenciesMs };
  return {
    before: latenciesOf(inferences.slice(0, split)),
    recent: latenciesOf(inferences.slice(split)),
  };
}

function latenciesOf(inferences: readonly RowInference[]): SortedValues {
  const known = inferences.filter(({ storageLatencyMs }) => storageLatencyMs !== undefined);
  const values = Float64Array.from(known, ({ storageLatencyMs }) => storageLatencyMs ?? 0);
  const isSample = known.some(({ weight }) => weight !== 1);
  return sortedValues(values, isSample ? Float64Array.from(known, ({ weight }) => weight) : undefined);
}

type SpanColumns = SitePart['held']['view']['block']['spans'];

function durationHalves(
  { rows, newest, durationsUs }: SiteColumns,
  { startTimeUs, durationUs }: SpanColumns,
  afterUs: number,
): Halves {
  const endOf = (row: number) => (startTimeUs[row] ?? 0) + (durationUs[row] ?? 0);
  const [last] = newest;
  if (last === undefined || endOf(last) <= afterUs) return { before: durationsUs, recent: none };
  const of = (isRecent: boolean) => {
    const chosen = rows.filter((row) => endOf(row) > afterUs === isRecent);
    return sortedValues(
      Float64Array.from(chosen, (row) => durationUs[row] ?? 0),
      undefined,
    );
  };
  return { before: of(false), recent: of(true) };
}

function count(parts: readonly SortedValues[]): number {
  return parts.reduce((sum, { values }) => sum + values.length, 0);
}
