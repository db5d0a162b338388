import type { ChartOptions } from 'chart.js';
import { stripRoomPx } from './periodBands';
import type { Scene } from './scene';
import { tickKind, timeTicks } from './timeTicks';
import { valueScale } from './valueScale';

/** Below this width of the chart, texts are shortened. */
const narrowPx = 420;

/** The chart's options for a scene; made anew for each change of data or theme, which costs nothing beside drawing. */
export function chartOptions(scene: Scene): ChartOptions<'line'> {
  const { data, theme } = scene;
  const font = { family: theme.fontFamily, size: theme.fontSizePx };
  const ends = valueScale(data);
  return {
    parsing: false,
    normalized: true,
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    // Pointer and keys are the page's own: they know traces, not data sets.
    events: [],
    layout: { padding: { top: stripRoomPx, left: 0, right: 0, bottom: 0 } },
    scales: {
      x: timeAxis(scene, font),
      y: {
        ...ends,
        position: 'left',
        border: { display: false },
        grid: { color: theme.grid, drawTicks: false },
        title: { display: true, text: scene.wording.axis(data), color: theme.muted, font },
        ticks: {
          color: theme.muted,
          font,
          padding: 6,
          callback: (value) => scene.wording.formats.number(Number(value)),
        },
      },
      threshold: thresholdAxis(scene, font, ends),
    },
  };
}

type Font = { readonly family: string; readonly size: number };
type Scales = NonNullable<ChartOptions<'line'>['scales']>;

function timeAxis({ data, theme, wording }: Scene, font: Font): NonNullable<Scales[string]> {
  const { formats } = wording;
  let stepMs = 0;
  return {
    type: 'linear',
    min: data.fromMs,
    max: data.toMs,
    border: { color: theme.grid },
    grid: { color: theme.grid, tickLength: 4, drawOnChartArea: false },
    afterBuildTicks: (axis) => {
      const ticks = timeTicks(data.fromMs, data.toMs, axis.chart.width / (font.size * 7.5));
      stepMs = ticks.stepMs;
      axis.ticks = ticks.timesMs.map((value) => ({ value }));
    },
    ticks: {
      color: theme.muted,
      font,
      autoSkip: false,
      maxRotation: 0,
      callback: (value) => formats[tickKind(Number(value), stepMs)](Number(value)),
    },
  };
}

/** An axis on the right that has one tick: it names the threshold beside its line, where no point can lie. */
function thresholdAxis(
  { data, theme, wording }: Scene,
  font: Font,
  ends: { readonly min: number; readonly max: number },
): NonNullable<Scales[string]> {
  return {
    type: 'linear',
    ...ends,
    position: 'right',
    border: { display: false },
    grid: { display: false, drawTicks: false },
    afterBuildTicks: (axis) => {
      axis.ticks = [{ value: data.threshold }];
    },
    ticks: {
      color: theme.threshold,
      font: { ...font, weight: 'bold' },
      padding: 4,
      autoSkip: false,
      callback(value) {
        const text = wording.value(Number(value), data);
        return this.chart.width < narrowPx ? text : [wording.strings.threshold, text];
      },
    },
  };
}
