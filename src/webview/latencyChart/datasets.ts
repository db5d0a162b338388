import type { ChartDataset, Point } from 'chart.js';
import type { ChartData } from '../../features/latencyChart/protocol';
import type { ChartTheme } from './theme';

/** The chart's data sets, the one on top first; made once, filled again and again. */
export type Datasets = readonly [
  average: ChartDataset<'line', Point[]>,
  above: ChartDataset<'line', Point[]>,
  within: ChartDataset<'line', Point[]>,
];

/** Empty data sets: the average, the inferences above the threshold, the others. */
export function makeDatasets(): Datasets {
  return [
    { data: [], borderWidth: 2, pointHitRadius: 0, tension: 0, spanGaps: false, clip: 2 },
    { data: [], showLine: false, pointStyle: 'triangle', pointBorderWidth: 0, clip: 6 },
    { data: [], showLine: false, pointStyle: 'circle', pointBorderWidth: 0, clip: 6 },
  ];
}

/** Puts data into the data sets. The more points there are to a pixel of the chart's width, the smaller they are. */
export function fillDatasets([average, above, within]: Datasets, data: ChartData, widthPx: number): void {
  const { timeMs, value } = data.points;
  const high: Point[] = [];
  const low: Point[] = [];
  for (let i = 0; i < timeMs.length; i++) {
    const point = { x: timeMs[i] ?? 0, y: value[i] ?? 0 };
    (point.y > data.threshold ? high : low).push(point);
  }
  above.data = high;
  within.data = low;
  const perPixel = timeMs.length / Math.max(1, widthPx);
  const radius = perPixel <= 0.3 ? 3.5 : perPixel <= 0.6 ? 2.75 : perPixel <= 3 ? 2.25 : 1.5;
  within.pointRadius = radius;
  // A triangle looks smaller than a circle of the same radius.
  above.pointRadius = radius * 1.35;
  average.data = data.average.timeMs.map((x, i) => ({ x, y: data.average.value[i] ?? Number.NaN }));
  average.pointRadius = isolated(data.average.value);
}

/** Gives the data sets their colours. */
export function colorDatasets([average, above, within]: Datasets, theme: ChartTheme): void {
  average.borderColor = average.pointBackgroundColor = average.pointBorderColor = theme.average;
  average.borderWidth = theme.isHighContrast ? 3 : 2;
  above.pointBackgroundColor = theme.above;
  within.pointBackgroundColor = theme.point;
}

/** A value between two gaps has no line: it is drawn as a dot. */
function isolated(values: ChartData['average']['value']): number[] {
  const isGap = (index: number) => (values[index] ?? null) === null;
  return values.map((_, index) => (isGap(index - 1) && isGap(index + 1) ? 2 : 0));
}
