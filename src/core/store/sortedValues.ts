/** Values in order, and how many each stands for; without weights each stands for itself. */
export interface SortedValues {
  readonly values: Float64Array;
  readonly weights: Float64Array | undefined;
}

/** Sorts values, which become the result's, and takes their weights along. */
export function sortedValues(values: Float64Array, weights: Float64Array | undefined): SortedValues {
  if (!weights) return { values: values.sort(), weights };
  const order = Uint32Array.from(values.keys()).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const inOrder = (column: Float64Array) => Float64Array.from(order, (i) => column[i] ?? 0);
  return { values: inOrder(values), weights: inOrder(weights) };
}
