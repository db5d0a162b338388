const longestMs = 5 * 60_000;
const firstMs = 1000;

/**
 * How long to wait after the n-th failure in a row (from 1): one to two seconds, then the interval, twice, four times
 * as long …, spread by a quarter to both sides, and at most five minutes. `random` is between 0 and 1.
 */
export function backoffMs(failures: number, intervalMs: number, random: number): number {
  if (failures <= 1) return Math.min(firstMs + firstMs * random, Math.max(intervalMs, firstMs));
  const base = intervalMs * 2 ** Math.min(failures - 2, 30);
  return Math.min(longestMs, base * (0.75 + random / 2));
}
