import type { Point } from '../../core/statistics/movingSeries';

/** What a small picture shows. */
export interface SparklineInput {
  /** In no order; values outside of the time are not drawn. */
  readonly points: readonly Point[];
  readonly fromUs: number;
  readonly toUs: number;
  /** A line that values are compared with. */
  readonly threshold: number | undefined;
  readonly colors: { readonly line: string; readonly threshold: string };
}

const width = 300;
const height = 48;
const margin = 3;
/** One a pixel and a half. */
const columns = 200;

/** A picture of values over a time: of each moment the highest, so that no peak is lost. Empty when there is nothing to draw. */
export function sparkline({ points, fromUs, toUs, threshold, colors }: SparklineInput): string {
  const highest = new Map<number, number>();
  for (const { timeUs, value } of points) {
    if (timeUs <= fromUs || timeUs > toUs || !Number.isFinite(value)) continue;
    const column = Math.min(columns - 1, Math.floor(((timeUs - fromUs) / (toUs - fromUs)) * columns));
    highest.set(column, Math.max(highest.get(column) ?? 0, value));
  }
  if (highest.size === 0) return '';
  const top = Math.max(...highest.values());
  // A threshold far above all values would press them to the ground.
  const isThresholdShown = threshold !== undefined && threshold > 0 && threshold <= 4 * top;
  const scale = Math.max(top, isThresholdShown ? threshold : 0) || 1;
  const y = (value: number) => round(height - margin - (value / scale) * (height - 2 * margin));
  const x = (column: number) => round(((column + 0.5) / columns) * width);
  const ground = height - margin;
  const bars = [...highest]
    .sort(([a], [b]) => a - b)
    .map(([column, value]) => `M${x(column)} ${ground}V${Math.min(y(value), ground - 1)}`);
  const line = isThresholdShown
    ? `<path d="M0 ${y(threshold)}H${width}" stroke="${colors.threshold}" stroke-dasharray="5 3"/>`
    : '';
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" fill="none">` +
    `<path d="${bars.join('')}" stroke="${colors.line}" stroke-width="1.5"/>${line}</svg>`
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
