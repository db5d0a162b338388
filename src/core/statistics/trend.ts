import { reduce } from './reducer';

/** Which way values go. */
export type Trend = 'rising' | 'falling' | 'steady';

/** Fewest values that have a trend. */
export const minTrendValues = 6;

/**
 * Compares the newer third of the values (newest last) with the rest by their medians: rising or falling when they differ by
 * more than `tolerance` (a share of the older median). `undefined` when there are too few values to say.
 */
export function trend(values: readonly number[], tolerance = 0.2): Trend | undefined {
  if (values.length < minTrendValues) return undefined;
  const split = values.length - Math.floor(values.length / 3);
  const before = reduce('median', values.slice(0, split));
  const now = reduce('median', values.slice(split));
  if (before === undefined || now === undefined) return undefined;
  const margin = Math.abs(before) * tolerance;
  if (now > before + margin) return 'rising';
  return now < before - margin ? 'falling' : 'steady';
}
