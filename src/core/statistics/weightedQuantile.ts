/** A value, and how many it stands for. */
export interface WeightedValue {
  readonly value: number;
  readonly weight: number;
}

/**
 * The q-quantile (0 ≤ q ≤ 1) of values of which each stands for several: with whole weights what `quantile` gives when each is repeated
 * so often. Values of no weight and NaN are skipped; `undefined` for none.
 */
export function weightedQuantile(values: readonly WeightedValue[], q: number): number | undefined {
  const sorted = values
    .filter(({ value, weight }) => weight > 0 && !Number.isNaN(value))
    .sort((a, b) => a.value - b.value);
  let total = 0;
  for (const { weight } of sorted) total += weight;
  const rank = Math.min(1, Math.max(0, q)) * Math.max(0, total - 1);
  let upTo = 0;
  for (const [i, { value, weight }] of sorted.entries()) {
    upTo += weight;
    if (upTo <= rank && i < sorted.length - 1) continue;
    // The last of those that this value stands for has the rank upTo - 1; beyond it lies the way to the next value.
    const beyond = Math.min(1, rank - (upTo - 1));
    const next = sorted[i + 1]?.value ?? value;
    return beyond > 0 && next !== value ? value + (next - value) * beyond : value;
  }
  return undefined;
}
