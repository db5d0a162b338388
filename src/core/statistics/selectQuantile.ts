/**
 * The q-quantile (0 ≤ q ≤ 1) of values without NaN, of which there is at least one, by linear interpolation as `quantile` gives it; brings
 * the values into another order. Selects instead of sorting: Floyd and Rivest, Algorithm 489 (SELECT), 1975.
 */
export function selectQuantile(values: Float64Array, q: number): number {
  const rank = q * (values.length - 1);
  const below = Math.floor(rank);
  select(values, below, 0, values.length - 1);
  const low = values[below] ?? Number.NaN;
  if (rank === below) return low;
  let high = Number.POSITIVE_INFINITY;
  for (let i = below + 1; i < values.length; i++) high = Math.min(high, values[i] ?? high);
  return low + (high - low) * (rank - below);
}

/** Puts the value of a rank in its place, smaller ones before it and larger ones behind it. */
function select(values: Float64Array, rank: number, from: number, to: number): void {
  let [left, right] = [from, to];
  while (right > left) {
    if (right - left > 600) {
      const n = right - left + 1;
      const i = rank - left + 1;
      const z = Math.log(n);
      const s = 0.5 * Math.exp((2 * z) / 3);
      const sd = 0.5 * Math.sqrt((z * s * (n - s)) / n) * Math.sign(i - n / 2);
      const newLeft = Math.max(left, Math.floor(rank - (i * s) / n + sd));
      const newRight = Math.min(right, Math.floor(rank + ((n - i) * s) / n + sd));
      select(values, rank, newLeft, newRight);
    }
    const pivot = values[rank] ?? Number.NaN;
    let [i, j] = [left, right];
    swap(values, left, rank);
    if ((values[right] ?? 0) > pivot) swap(values, right, left);
    while (i < j) {
      swap(values, i, j);
      i++;
      j--;
      while ((values[i] ?? 0) < pivot) i++;
      while ((values[j] ?? 0) > pivot) j--;
    }
    if (values[left] === pivot) swap(values, left, j);
    else swap(values, ++j, right);
    if (j <= rank) left = j + 1;
    if (rank <= j) right = j - 1;
  }
}

function swap(values: Float64Array, i: number, j: number): void {
  const value = values[i] ?? 0;
  values[i] = values[j] ?? 0;
  values[j] = value;
}
