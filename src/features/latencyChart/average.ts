import type { AlertRule } from '../../core/alerts/alertRule';
import type { ServiceSeries } from '../../core/alerts/evaluateRule';
import { evaluateRule } from '../../core/alerts/evaluateRule';
import type { Signal } from '../../core/alerts/signalSource';
import { movingSeries } from '../../core/statistics/movingSeries';
import type { SignalPoint } from './points';
import type { ChartLine } from './protocol';

const minuteUs = 60_000_000;
/** More steps than this are not seen on a screen. */
const maxSteps = 720;

/** A range of time, in microseconds since the Unix epoch. */
export interface TimeRange {
  readonly fromUs: number;
  readonly toUs: number;
}

/** Points by service, as a rule looks at them. */
export function byService(points: readonly SignalPoint[]): readonly ServiceSeries[] {
  const series = new Map<string, SignalPoint[]>();
  for (const point of points) {
    const known = series.get(point.span.service);
    if (known) known.push(point);
    else series.set(point.span.service, [point]);
  }
  return [...series].map(([service, its]) => ({ service, points: its }));
}

/** What the rule sees at one moment: the highest of the services' values. */
export function currentValue(rule: AlertRule, series: readonly ServiceSeries[], atUs: number): number | null {
  const evaluation = evaluateRule(rule, series, atUs);
  return 'worst' in evaluation ? evaluation.worst.value : null;
}

/**
 * What the rule sees, minute by minute (more often when it is evaluated more often, less often over long ranges) and
 * at the end of the range: at each step the
 * highest of the services' values, `null` where none has one.
 */
export function averageLine(rule: AlertRule, series: readonly ServiceSeries[], range: TimeRange): ChartLine {
  const stepUs = stepOf(rule, range);
  const timeMs: number[] = [];
  const value: (number | null)[] = [];
  for (const { points } of series) {
    const steps = movingSeries(points, range, { windowUs: rule.windowUs, stepUs }, rule.reducer);
    steps.forEach((step, index) => {
      timeMs[index] = step.timeUs / 1000;
      const known = value[index] ?? null;
      value[index] =
        step.value === undefined ? known : known === null ? step.value : Math.max(known, step.value);
    });
  }
  if (series.length > 0 && timeMs.at(-1) !== range.toUs / 1000) {
    timeMs.push(range.toUs / 1000);
    value.push(currentValue(rule, series, range.toUs));
  }
  return { timeMs, value };
}

/** How far apart the steps of a line are. */
export function stepOf(rule: AlertRule, { fromUs, toUs }: TimeRange): number {
  const baseUs = Math.min(minuteUs, rule.frequencyUs);
  return baseUs * Math.max(1, Math.ceil((toUs - fromUs) / (maxSteps * baseUs)));
}

/** What a rule sees of a signal over a range: its moving value, or, where values are reduced already, the highest of each moment. */
export function signalLine(rule: AlertRule, signal: Signal, range: TimeRange): ChartLine {
  return signal.isReduced
    ? highestLine(signal.series, stepOf(rule, range))
    : averageLine(rule, signal.series, range);
}

/** Where a step or more is missing, the line is interrupted. */
function highestLine(series: readonly ServiceSeries[], stepUs: number): ChartLine {
  const highest = new Map<number, number>();
  for (const { points } of series) {
    for (const { timeUs, value } of points)
      highest.set(timeUs, Math.max(value, highest.get(timeUs) ?? Number.NEGATIVE_INFINITY));
  }
  const timeMs: number[] = [];
  const value: (number | null)[] = [];
  let before: number | undefined;
  for (const [timeUs, its] of [...highest].sort(([a], [b]) => a - b)) {
    if (before !== undefined && timeUs - before > stepUs * 1.5) {
      timeMs.push((before + stepUs) / 1000);
      value.push(null);
    }
    timeMs.push(timeUs / 1000);
    value.push(Number.isFinite(its) ? its : null);
    before = timeUs;
  }
  return { timeMs, value };
}
