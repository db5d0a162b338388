/**
 * The q-quantile (0 ≤ q ≤ 1) of unordered values, by linear interpolation between the two nearest ranks
 * (Hyndman and Fan, type 7, as NumPy's default). `undefined` for no values. NaN is skipped.
 */
export function quantile(values: readonly number[], q: number): number | undefined {
  const sorted = Float64Array.from(values.filter((value) => !Number.isNaN(value))).sort();
  if (sorted.length === 0) return undefined;
  const rank = Math.min(1, Math.max(0, q)) * (sorted.length - 1);
  const below = sorted[Math.floor(rank)] ?? 0;
  const above = sorted[Math.ceil(rank)] ?? below;
  return below === above ? below : below + (above - below) * (rank - Math.floor(rank));
}
