import { type ReducerName, reduce } from './reducer';

/** A value at a moment. */
export interface Point {
  /** Microseconds since the Unix epoch. */
  readonly timeUs: number;
  readonly value: number;
  /** How many it stands for; 1 when it is left out. */
  readonly weight?: number;
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
    series.push({ timeUs: t, value: reducePoints(reducer, points.slice(first, end)) });
  }
  return series;
}

/** A reducer over points, as much as each stands for; `undefined` for none. */
export function reducePoints(reducer: ReducerName, points: readonly Point[]): number | undefined {
  if (points.length === 0) return undefined;
  const isSample = points.some(({ weight = 1 }) => weight !== 1);
  const weights = isSample ? points.map(({ weight = 1 }) => weight) : undefined;
  return reduce(
    reducer,
    points.map(({ value }) => value),
    weights,
  );
}
