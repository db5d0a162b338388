import { selectQuantile } from './selectQuantile';

/** Exact statistics of a window. */
export interface WindowStatistics {
  readonly count: number;
  readonly avg: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/**
 * Mean and quantiles (linear interpolation, as `quantile`) of values without NaN, which it brings into another order. `undefined` for
 * no values.
 */
export function windowStatistics(values: Float64Array): WindowStatistics | undefined {
  const { length } = values;
  if (length === 0) return undefined;
  let sum = 0;
  for (const value of values) sum += value;
  // From the top down: what lies above a rank that was selected need not be looked at again.
  const at = (q: number) => selectQuantile(values, q);
  const [p99, p95, p50] = [at(0.99), at(0.95), at(0.5)];
  return { count: length, avg: sum / length, p50, p95, p99 };
}
