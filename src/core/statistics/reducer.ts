import { quantile } from './quantile';

/** Grafana's reducers that a rule may use. */
export const reducerNames = ['avg', 'min', 'max', 'sum', 'count', 'last', 'median'] as const;

/** Name of a reducer. */
export type ReducerName = (typeof reducerNames)[number];

/**
 * One number of the values of a window, oldest first, by the semantics of Grafana's classic conditions: NaN is
 * skipped, nothing left is `undefined`, except that `count` counts all points.
 */
export function reduce(name: ReducerName, values: readonly number[]): number | undefined {
  if (name === 'count') return values.length;
  const valid = values.filter((value) => !Number.isNaN(value));
  if (valid.length === 0) return undefined;
  switch (name) {
    case 'avg':
      return sum(valid) / valid.length;
    case 'sum':
      return sum(valid);
    case 'min':
      return valid.reduce((a, b) => Math.min(a, b));
    case 'max':
      return valid.reduce((a, b) => Math.max(a, b));
    case 'last':
      return valid[valid.length - 1];
    case 'median':
      return quantile(valid, 0.5);
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
