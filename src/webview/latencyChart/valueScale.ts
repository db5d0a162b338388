import type { ChartData } from '../../features/latencyChart/protocol';

/** Ends of the value axis: whole steps, zero and the threshold always within, all that is drawn within. */
export function valueScale(data: ChartData): { readonly min: number; readonly max: number } {
  let low = Math.min(0, data.threshold);
  let high = Math.max(0, data.threshold * 1.2);
  for (const values of [data.points.value, data.average.value]) {
    for (const value of values) {
      if (value === null) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (high === low) high = low + 1;
  const step = niceStep((high - low) / 5);
  return { min: Math.floor(low / step) * step, max: Math.ceil((high * 1.02) / step) * step };
}

/** The smallest of 1, 2, 2.5 and 5 times a power of ten that is not below `least`. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 2.5, 5].find((candidate) => candidate * power >= least) ?? 10;
  return factor * power;
}
