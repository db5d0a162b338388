import { type ReducerName, reduce } from './reducer';

/** A value at a moment. */
export interface Point {
  /** Microseconds since the Unix epoch. */
  readonly timeUs: number;
  readonly value: number;
}

/** What a window over time looks back on, and how often. */
export interface MovingWindow {
  readonly windowUs: number;
  readonly stepUs: number;
}

/**
 * A reducer over a moving window, at each whole multiple of the step in [fromUs, toUs]: the value at t is that of the
 * points in (t − window, t]. Steps whose window is empty are `undefined`. `points` are ordered by time.
 */
export function movingSeries(
  points: readonly Point[],
  range: { readonly fromUs: number; readonly toUs: number },
  { windowUs, stepUs }: MovingWindow,
  reducer: ReducerName,
): readonly { readonly timeUs: number; readonly value: number | undefined }[] {
  const series: { timeUs: number; value: number | undefined }[] = [];
  let first = 0;
  let end = 0;
  for (let t = Math.ceil(range.fromUs / stepUs) * stepUs; t <= range.toUs; t += stepUs) {
    while (end < points.length && (points[end]?.timeUs ?? 0) <= t) end++;
    while (first < end && (points[first]?.timeUs ?? 0) <= t - windowUs) first++;
    const values = points.slice(first, end).map((point) => point.value);
    series.push({ timeUs: t, value: values.length === 0 ? undefined : reduce(reducer, values) });
  }
  return series;
}
