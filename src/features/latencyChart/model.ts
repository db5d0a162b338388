import type { AlertPeriod } from '../../core/alerts/alertPeriods';
import type { AlertRule } from '../../core/alerts/alertRule';
import type { AlertState } from '../../core/alerts/alertState';
import { formatDuration } from '../../core/duration';
import type { Event } from '../../core/event';
import type { TraceStore } from '../../core/store/traceStore';
import { cleanText } from '../../core/trace/cleanText';
import type { InferenceDefinition } from '../../core/trace/inference';
import type { SourceStatus } from '../../sources/sourceStatus';
import type { SignalNames } from '../metrics/index';
import { averageLine, byService, currentValue, type TimeRange } from './average';
import { chartSample } from './chartSample';
import type { KnownLine } from './metricsLine';
import { decimate, type SignalPoint, toColumns } from './points';
import type {
  ChartData,
  ChartLine,
  ChartPeriod,
  ChartQuantity,
  ChartSource,
  ChartState,
  ChartView,
} from './protocol';

/** What the chart needs of the alerts. */
export interface AlertView {
  readonly state: AlertState;
  readonly periods: readonly AlertPeriod[];
  readonly onDidChange: Event<void>;
}

/** All that the chart is made of. */
export interface ChartInput {
  readonly store: Pick<TraceStore, 'sample'>;
  /** All inferences that are held, oldest first, with the values that are drawn as points. */
  readonly points: readonly SignalPoint[];
  /** What the values are and where they come from. */
  readonly names: SignalNames;
  /** The line of metrics over a range; `undefined` when the line is made of the points. */
  readonly metricsLine: ((range: TimeRange) => KnownLine) | undefined;
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
const hourUs = 60 * 60_000_000;
const rangeUs = { '15m': hourUs / 4, '1h': hourUs, '6h': 6 * hourUs, '24h': 24 * hourUs };

/** What the chart shows of a store, as plain data. */
export function chartData(input: ChartInput): ChartData {
  const { view, rule, alerts, inference } = input;
  const all = input.points;
  const range = timeRange(input, all[0]?.timeUs);
  // A window that begins before the axis does still counts what is in it.
  const reached = all.filter((p) => p.timeUs > range.fromUs - rule.windowUs && p.timeUs <= range.toUs);
  const shown = reached.filter(({ timeUs }) => timeUs >= range.fromUs);
  const series = byService(reached);
  const newest = all.at(-1);
  const known = input.metricsLine?.(range);
  const line = known ? within(known.line, range) : averageLine(rule, series, range);
  return {
    fromMs: range.fromUs / 1000,
    toMs: range.toUs / 1000,
    nowMs: input.nowMs,
    isLive: view.frozenAtMs === undefined,
    range: view.range,
    quantity: quantityOf(input),
    spanName: cleanText(inference.spanName, 60),
    reducer: rule.reducer,
    statistic: input.names.statistic,
    metrics: known && {
      from: cleanText(input.names.from, 120),
      failure: known.failure && cleanText(known.failure, 400),
    },
    window: formatDuration(rule.windowUs),
    threshold: rule.threshold,
    state: stateOf(alerts.state, input.isAlertEnabled),
    current: known ? currentOf(input, line) : currentValue(rule, series, range.toUs),
    serviceCount: known ? known.seriesCount : series.length,
    average: line,
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
  { view, lookbackUs, nowMs, metricsLine }: ChartInput,
  oldestUs: number | undefined,
): TimeRange {
  const toUs = Math.round((view.frozenAtMs ?? nowMs) * 1000);
  const fromUs =
    view.range === 'lookback' ? Math.min(toUs - lookbackUs, oldestUs ?? toUs) : toUs - rangeUs[view.range];
  // Metrics reach back further than what is held.
  if (metricsLine) return { fromUs, toUs };
  // An hour that is empty but for its last minutes would press these into a line. A little room keeps the oldest off the axis.
  const wantedUs =
    oldestUs === undefined ? fromUs : Math.min(oldestUs - (toUs - oldestUs) / 50, toUs - minRangeUs);
  return { fromUs: Math.max(fromUs, Math.round(wantedUs)), toUs };
}

/** What an attribute's values are; its unit by OpenTelemetry's and Prometheus's custom of ending names with it. */
export function quantityOf({
  rule,
  inference,
  names,
}: Pick<ChartInput, 'rule' | 'inference' | 'names'>): ChartQuantity {
  const { attribute } = rule;
  if (names.from !== '')
    return { isLatency: false, attribute: cleanText(names.quantity, 80), unit: names.unit };
  const isLatency = attribute === inference.latencyAttribute;
  const ending = /[._](ms|us|ns|s|seconds|bytes|percent)$/i.exec(attribute)?.[1]?.toLowerCase();
  const units: Readonly<Record<string, string>> = { us: 'µs', seconds: 's', bytes: 'B', percent: '%' };
  const unit = isLatency ? 'ms' : ending === undefined ? '' : (units[ending] ?? ending);
  return { isLatency, attribute: cleanText(attribute, 60), unit };
}

/** A line within an axis that may have moved since it was asked for. */
function within(line: ChartLine | undefined, { fromUs, toUs }: TimeRange): ChartLine {
  if (!line) return { timeMs: [], value: [] };
  const kept = [...line.timeMs.keys()].filter((i) => {
    const timeUs = (line.timeMs[i] ?? 0) * 1000;
    return timeUs >= fromUs && timeUs <= toUs;
  });
  return { timeMs: kept.map((i) => line.timeMs[i] ?? 0), value: kept.map((i) => line.value[i] ?? null) };
}

/** What the alert saw last, as the status bar has it; else the end of the line. */
function currentOf({ alerts, view, isAlertEnabled }: ChartInput, { value }: ChartLine): number | null {
  const { evaluation } = alerts.state;
  const isLive = view.frozenAtMs === undefined && isAlertEnabled;
  return isLive && evaluation && 'worst' in evaluation ? evaluation.worst.value : (value.at(-1) ?? null);
}

function stateOf(state: AlertState, isEnabled: boolean): ChartState {
  return {
    name: isEnabled ? state.name : 'off',
    sinceMs: state.sinceUs / 1000,
    isOutage: state.evaluation?.result === 'error',
  };
}

function periodsWithin(periods: readonly AlertPeriod[], range: TimeRange): readonly ChartPeriod[] {
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
