import type { Chart, Plugin } from 'chart.js';
import type { ChartPeriod } from '../../features/latencyChart/protocol';
import { hatch } from './hatch';
import type { Scene } from './scene';

/** Height of the strip above the plot that names the periods, and its distance from the plot. */
const stripPx = 16;
const gapPx = 4;

/** Room that the plot must leave above itself. */
export const stripRoomPx = stripPx + gapPx;

/**
 * Periods of alerting and of no data: a shade behind the plot, and a strip above it that names them, so that no name ever
 * lies on a point. Alerting is a shade, no data is hatched: never told by colour alone.
 */
export function periodBands(scene: Scene): Plugin<'line'> {
  return {
    id: 'whyspanPeriods',
    beforeDatasetsDraw: (chart) => {
      const { ctx } = chart;
      ctx.save();
      for (const period of scene.data.periods) drawPeriod(chart, scene, period);
      ctx.restore();
    },
  };
}

function drawPeriod(chart: Chart<'line'>, scene: Scene, period: ChartPeriod): void {
  const { ctx, chartArea, scales } = chart;
  const from = scales.x?.getPixelForValue(period.fromMs) ?? chartArea.left;
  const to = scales.x?.getPixelForValue(period.toMs) ?? chartArea.right;
  const width = Math.max(1, to - from);
  const { theme, wording } = scene;
  const isAlerting = period.state === 'alerting';
  const color = isAlerting ? theme.alerting : theme.noData;
  ctx.fillStyle = isAlerting ? color : hatch(ctx, color);
  ctx.globalAlpha = isAlerting ? 0.12 : 0.22;
  ctx.fillRect(from, chartArea.top, width, chartArea.bottom - chartArea.top);
  const top = chartArea.top - stripRoomPx;
  ctx.globalAlpha = isAlerting ? 0.3 : 0.45;
  ctx.fillRect(from, top, width, stripPx);
  ctx.globalAlpha = 1;
  ctx.strokeStyle = color;
  ctx.lineWidth = 1;
  ctx.strokeRect(from + 0.5, top + 0.5, Math.max(0, width - 1), stripPx - 1);
  const name = isAlerting ? `▲ ${wording.strings.legendAlerting}` : `○ ${wording.strings.legendNoData}`;
  drawName(chart, scene, [name, name.slice(0, 1)], { from, width, middle: top + stripPx / 2 });
}

/** Writes the longest of the names that fits, or none. */
function drawName(
  { ctx }: Chart<'line'>,
  { theme }: Scene,
  names: readonly string[],
  place: { readonly from: number; readonly width: number; readonly middle: number },
): void {
  ctx.font = `${theme.fontSizePx}px ${theme.fontFamily}`;
  const name = names.find((candidate) => ctx.measureText(candidate).width + 10 <= place.width);
  if (name === undefined) return;
  const width = ctx.measureText(name).width;
  // A backing keeps the text legible on hatching and on the shade of any theme.
  ctx.fillStyle = theme.background;
  ctx.fillRect(place.from + 2, place.middle - stripPx / 2 + 2, width + 6, stripPx - 4);
  ctx.fillStyle = theme.foreground;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.fillText(name, place.from + 5, place.middle + 0.5);
}
