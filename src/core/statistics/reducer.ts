import { quantile } from './quantile';
import { type WeightedValue, weightedQuantile } from './weightedQuantile';

/** Grafana's reducers that a rule may use. */
export const reducerNames = ['avg', 'min', 'max', 'sum', 'count', 'last', 'median'] as const;

/** Name of a reducer. */
export type ReducerName = (typeof reducerNames)[number];

/**
 * One number of the values of a window, oldest first, by the semantics of Grafana's classic conditions: NaN is
 * skipped, nothing left is `undefined`, except that `count` counts all points. With weights each value stands for so many; when none
 * has a weight they say nothing, and all count alike.
 */
export function reduce(
  name: ReducerName,
  values: readonly number[],
  weights?: readonly number[],
): number | undefined {
  if (weights?.some((weight) => weight > 0))
    return reduceWeighted(
      name,
      values.map((value, i) => ({ value, weight: weights[i] ?? 1 })),
    );
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

function reduceWeighted(name: ReducerName, values: readonly WeightedValue[]): number | undefined {
  if (name === 'count') return sum(values.map((each) => each.weight));
  const valid = values.filter(({ value }) => !Number.isNaN(value));
  const weight = sum(valid.map((each) => each.weight));
  // Those with a weight may have been NaN.
  if (weight === 0)
    return reduce(
      name,
      valid.map(({ value }) => value),
    );
  const total = sum(valid.map((each) => each.value * each.weight));
  switch (name) {
    case 'avg':
      return total / weight;
    case 'sum':
      return total;
    case 'median':
      return weightedQuantile(valid, 0.5);
    default: {
      // What is known was there, whatever it stands for.
      const known = valid.map(({ value }) => value);
      return reduce(name, known);
    }
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
