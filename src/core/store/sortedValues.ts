/** Values in order, and how many each stands for; without weights each stands for itself. */
export interface SortedValues {
  readonly values: Float64Array;
  readonly weights: Float64Array | undefined;
  readonly total: number;
  /** Each value as often as it stands for. */
  readonly weightedTotal: number;
  /** How many they stand for. */
  readonly weight: number;
}

/** Sorts values, which become the result's, and takes their weights along. */
export function sortedValues(values: Float64Array, weights: Float64Array | undefined): SortedValues {
  const total = sum(values);
  if (!weights) return { values: values.sort(), weights, total, weightedTotal: total, weight: values.length };
  const order = Uint32Array.from(values.keys()).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const inOrder = (column: Float64Array) => Float64Array.from(order, (i) => column[i] ?? 0);
  const weightedTotal = sum(values.map((value, i) => value * (weights[i] ?? 1)));
  return { values: inOrder(values), weights: inOrder(weights), total, weightedTotal, weight: sum(weights) };
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
