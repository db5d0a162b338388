import { type Point, reducePoints } from '../statistics/movingSeries';
import type { AlertRule } from './alertRule';
import type { Signal } from './signalSource';

/** The values of one service, oldest first. */
export interface ServiceSeries {
  readonly service: string;
  readonly points: readonly Point[];
}

/** What a rule says at one moment; `worst` is the series with the highest value. */
export type Evaluation =
  | { readonly result: 'ok' | 'firing'; readonly worst: { readonly service: string; readonly value: number } }
  | { readonly result: 'no_data' }
  | { readonly result: 'error'; readonly message: string };

/**
 * Evaluates a rule at `nowUs` over points in (now − window, now], as Grafana's legacy alert does: a series per service, it
 * fires when at least one series is strictly above the threshold, and has no data when none has a value.
 */
export function evaluateRule(rule: AlertRule, series: readonly ServiceSeries[], nowUs: number): Evaluation {
  let worst: { service: string; value: number } | undefined;
  for (const { service, points } of series) {
    const within = points.filter(({ timeUs }) => timeUs > nowUs - rule.windowUs && timeUs <= nowUs);
    const value = reducePoints(rule.reducer, within);
    if (value !== undefined && (worst === undefined || value > worst.value)) worst = { service, value };
  }
  if (worst === undefined) return { result: 'no_data' };
  return { result: worst.value > rule.threshold ? 'firing' : 'ok', worst };
}

/** The same over a signal; values that are reduced already count as they are. */
export function evaluateSignal(rule: AlertRule, { series, isReduced }: Signal, nowUs: number): Evaluation {
  return evaluateRule(isReduced ? { ...rule, reducer: 'last' } : rule, series, nowUs);
}
