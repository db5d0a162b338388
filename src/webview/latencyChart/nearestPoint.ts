import type { ChartData } from '../../features/latencyChart/protocol';

/** How far from a point the pointer may be and still mean it. */
const reachPx = 14;

/** Index of the drawn point that is nearest to a place on the plot, within reach; `undefined` when none is. */
export function nearestPoint(
  data: Pick<ChartData, 'points' | 'fromMs' | 'toMs'>,
  plot: {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
    readonly minValue: number;
    readonly maxValue: number;
  },
  x: number,
  y: number,
): number | undefined {
  const perMs = (plot.right - plot.left) / (data.toMs - data.fromMs);
  const perValue = (plot.bottom - plot.top) / (plot.maxValue - plot.minValue);
  const { timeMs, value } = data.points;
  let nearest: number | undefined;
  let least = reachPx;
  for (let i = 0; i < timeMs.length; i++) {
    const dx = plot.left + ((timeMs[i] ?? 0) - data.fromMs) * perMs - x;
    if (Math.abs(dx) > least) continue;
    const dy = plot.bottom - ((value[i] ?? 0) - plot.minValue) * perValue - y;
    const distance = Math.hypot(dx, dy);
    if (distance <= least) {
      least = distance;
      nearest = i;
    }
  }
  return nearest;
}
