import type { AlertPeriod } from '../../core/alerts/alertPeriods';
import type { AlertRule } from '../../core/alerts/alertRule';
import type { AlertState } from '../../core/alerts/alertState';
import { formatDuration } from '../../core/duration';
import type { Event } from '../../core/event';
import type { TraceStore } from '../../core/store/traceStore';
import { cleanText } from '../../core/trace/cleanText';
import type { InferenceDefinition } from '../../core/trace/inference';
import type { SourceStatus } from '../../sources/sourceStatus';
import { averageLine, byService, currentValue } from './average';
import { chartSample } from './chartSample';
import { decimate, type SignalPoint, toColumns } from './points';
import type { ChartData, ChartPeriod, ChartQuantity, ChartSource, ChartState, ChartView } from './protocol';

/** What the chart needs of the alerts. */
export interface AlertView {
  readonly state: AlertState;
  readonly periods: readonly AlertPeriod[];
  readonly onDidChange: Event<void>;
}

/** All that the chart is made of. */
export interface ChartInput {
  readonly store: Pick<TraceStore, 'signal' | 'sample'>;
  readonly alerts: Pick<AlertView, 'state' | 'periods'>;
  readonly rule: AlertRule;
  readonly isAlertEnabled: boolean;
  readonly inference: InferenceDefinition;
  readonly lookbackUs: number;
  readonly source: SourceStatus;
  readonly isPaused: boolean;
  /** When the source last answered, as far as is known. */
  readonly answeredAtUs: number | undefined;
  readonly view: ChartView;
  readonly nowMs: number;
}

/** Most rows of the table. */
export const maxTableRows = 200;

/** The axis is never shorter than this, though there be less to show. */
const minRangeUs = 5 * 60_000_000;
const rangeUs = { '15m': 15 * 60_000_000, '1h': 60 * 60_000_000 };

/** What the chart shows of a store, as plain data. */
export function chartData(input: ChartInput): ChartData {
  const { view, rule, alerts, inference } = input;
  const all = input.store.signal(rule.attribute);
  const range = timeRange(input, all[0]?.timeUs);
  // A window that begins before the axis does still counts what is in it.
  const reached = all.filter((p) => p.timeUs > range.fromUs - rule.windowUs && p.timeUs <= range.toUs);
  const shown = reached.filter(({ timeUs }) => timeUs >= range.fromUs);
  const series = byService(reached);
  const newest = all.at(-1);
  return {
    fromMs: range.fromUs / 1000,
    toMs: range.toUs / 1000,
    nowMs: input.nowMs,
    isLive: view.frozenAtMs === undefined,
    range: view.range,
    quantity: quantityOf(rule.attribute, inference),
    spanName: cleanText(inference.spanName, 60),
    reducer: rule.reducer,
    window: formatDuration(rule.windowUs),
    threshold: rule.threshold,
    state: stateOf(alerts.state, input.isAlertEnabled),
    current: currentValue(rule, series, range.toUs),
    serviceCount: series.length,
    average: averageLine(rule, series, range),
    periods: periodsWithin(alerts.periods, range),
    points: toColumns(decimate(shown, range, view.columns), inference.predictionAttribute),
    total: shown.length,
    table: view.isTableShown ? newestRows(shown, inference) : undefined,
    newestMs: newest && newest.timeUs / 1000,
    sample: chartSample(input.store, shown, range.fromUs),
    isPaused: input.isPaused,
    source: sourceOf(input),
  };
}

function newestRows(shown: readonly SignalPoint[], inference: InferenceDefinition) {
  return toColumns(shown.slice(-maxTableRows), inference.predictionAttribute);
}

function timeRange(
  { view, lookbackUs, nowMs }: ChartInput,
  oldestUs: number | undefined,
): { readonly fromUs: number; readonly toUs: number } {
  const toUs = Math.round((view.frozenAtMs ?? nowMs) * 1000);
  const fromUs =
    view.range === 'lookback' ? Math.min(toUs - lookbackUs, oldestUs ?? toUs) : toUs - rangeUs[view.range];
  // An hour that is empty but for its last minutes would press these into a line. A little room keeps the oldest off the axis.
  const wantedUs =
    oldestUs === undefined ? fromUs : Math.min(oldestUs - (toUs - oldestUs) / 50, toUs - minRangeUs);
  return { fromUs: Math.max(fromUs, Math.round(wantedUs)), toUs };
}

/** What an attribute's values are; its unit by OpenTelemetry's and Prometheus's custom of ending names with it. */
export function quantityOf(attribute: string, inference: InferenceDefinition): ChartQuantity {
  const isLatency = attribute === inference.latencyAttribute;
  const ending = /[._](ms|us|ns|s|seconds|bytes|percent)$/i.exec(attribute)?.[1]?.toLowerCase();
  const units: Readonly<Record<string, string>> = { us: 'µs', seconds: 's', bytes: 'B', percent: '%' };
  const unit = isLatency ? 'ms' : ending === undefined ? '' : (units[ending] ?? ending);
  return { isLatency, attribute: cleanText(attribute, 60), unit };
}

function stateOf(state: AlertState, isEnabled: boolean): ChartState {
  return {
    name: isEnabled ? state.name : 'off',
    sinceMs: state.sinceUs / 1000,
    isOutage: state.evaluation?.result === 'error',
  };
}

function periodsWithin(
  periods: readonly AlertPeriod[],
  range: { readonly fromUs: number; readonly toUs: number },
): readonly ChartPeriod[] {
  return periods.flatMap(({ state, ...period }) => {
    const fromUs = Math.max(period.fromUs, range.fromUs);
    const toUs = Math.min(period.toUs ?? range.toUs, range.toUs);
    if (toUs <= fromUs || (state !== 'alerting' && state !== 'no_data')) return [];
    return [{ state, fromMs: fromUs / 1000, toMs: toUs / 1000 }];
  });
}

function sourceOf({ source, answeredAtUs }: ChartInput): ChartSource {
  if (source.kind !== 'failing') return { kind: source.kind };
  const shownFromUs = answeredAtUs ?? (source.hasAnswered ? source.sinceUs : undefined);
  return {
    kind: 'failing',
    message: cleanText(source.error.message, 400),
    shownFromMs: shownFromUs && shownFromUs / 1000,
  };
}
