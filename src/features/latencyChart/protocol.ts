import type { AlertStateName } from '../../core/alerts/alertState';
import type { ReducerName } from '../../core/statistics/reducer';

// Times are milliseconds since the Unix epoch: what a browser draws and formats.

/** How much time the chart shows. `lookback` is all that is held, and at least the time the source is asked for; `6h` and `24h` are for metrics. */
export const chartRanges = ['15m', '1h', 'lookback', '6h', '24h'] as const;

/** A choice of how much time the chart shows. */
export type ChartRange = (typeof chartRanges)[number];

/** What the page wants to see. */
export interface ChartView {
  readonly range: ChartRange;
  /** Where the time axis ends while it stands still; `undefined` while it is live and ends now. */
  readonly frozenAtMs: number | undefined;
  readonly isTableShown: boolean;
  /** Width of the plot in pixels: how finely points are worth drawing. */
  readonly columns: number;
}

/** Inferences as columns of equal length, oldest first. */
export interface ChartPoints {
  readonly timeMs: readonly number[];
  readonly value: readonly number[];
  /** No attribute says the value, but spans of storage. */
  readonly isDerived: readonly boolean[];
  /** Indexes into `labels`; −1 for an inference without a prediction. */
  readonly prediction: readonly number[];
  /** Indexes into `labels`. */
  readonly service: readonly number[];
  readonly traceId: readonly string[];
  readonly spanId: readonly string[];
  /** Texts from traces, cleaned; each once. */
  readonly labels: readonly string[];
}

/** A value over time; `null` where there is none. */
export interface ChartLine {
  readonly timeMs: readonly number[];
  readonly value: readonly (number | null)[];
}

/** A time within the axis during which the alert was not ok. */
export interface ChartPeriod {
  readonly state: 'alerting' | 'no_data';
  readonly fromMs: number;
  readonly toMs: number;
}

/** Where the alert stands; `off` when alerts are switched off. */
export interface ChartState {
  readonly name: AlertStateName | 'off';
  readonly sinceMs: number;
  /** It alerts because the question cannot be answered, not because the value is too high. */
  readonly isOutage: boolean;
}

/** What is known about the source of what is shown. */
export type ChartSource =
  | { readonly kind: 'idle' | 'connecting' | 'ok' }
  | { readonly kind: 'failing'; readonly message: string; readonly shownFromMs: number | undefined };

/** Where the line comes from, when it is not from the inferences that are shown. */
export interface ChartMetrics {
  /** Such as “Prometheus at http://…”; cleaned. */
  readonly from: string;
  /** Why it could not be had; what is drawn is older then, or nothing. */
  readonly failure: string | undefined;
}

/** What the numbers are. */
export interface ChartQuantity {
  readonly isLatency: boolean;
  /** What is measured: the attribute, or the duration of a span; cleaned. */
  readonly attribute: string;
  /** Empty when it is not known. */
  readonly unit: string;
}

/** Of how many inferences those within the axis are a sample. */
export interface ChartSample {
  readonly known: number;
  /** Rounded to what is known of it. */
  readonly estimated: number;
  /** Within so much of the estimate the true number lies, 19 times out of 20. */
  readonly errorPercent: number;
  /** The estimate is a lower bound. */
  readonly isAtLeast: boolean;
}

/** All that the chart shows. */
export interface ChartData {
  readonly fromMs: number;
  readonly toMs: number;
  readonly nowMs: number;
  readonly isLive: boolean;
  readonly range: ChartRange;
  readonly quantity: ChartQuantity;
  /** What spans must be called to be inferences; cleaned. */
  readonly spanName: string;
  readonly reducer: ReducerName;
  /** What is made of the values of a window, such as `p95`, when that is not the reducer. */
  readonly statistic: string | undefined;
  /** `undefined` while the line is made of the inferences that are held. */
  readonly metrics: ChartMetrics | undefined;
  /** Such as `5m`. */
  readonly window: string;
  readonly threshold: number;
  readonly state: ChartState;
  /** The reducer's value at the end of the axis, of the service where it is highest. */
  readonly current: number | null;
  /** Services with values within the axis. */
  readonly serviceCount: number;
  readonly average: ChartLine;
  readonly periods: readonly ChartPeriod[];
  /** What is drawn. */
  readonly points: ChartPoints;
  /** Inferences with a value within the axis; more than are drawn when there are too many. */
  readonly total: number;
  /** The newest ones, when the page shows the table. */
  readonly table: ChartPoints | undefined;
  /** End of the newest inference held that has a value, within the axis or not. */
  readonly newestMs: number | undefined;
  /** There were more inferences within the axis than are held. */
  readonly sample: ChartSample | undefined;
  readonly isPaused: boolean;
  readonly source: ChartSource;
}

/** Names of the page's texts. */
export const chartStringKeys = [
  'titleLatency',
  'axisLatency',
  'axisWithUnit',
  'valueWithUnit',
  'valueDerived',
  'isDerived',
  'thisWindow',
  'highestWindow',
  'avg',
  'min',
  'max',
  'sum',
  'count',
  'last',
  'median',
  'stateOff',
  'stateUnknown',
  'stateOk',
  'stateAlerting',
  'stateOutage',
  'stateNoData',
  'since',
  'range',
  'range15m',
  'range1h',
  'rangeLookback',
  'range6h',
  'range24h',
  'live',
  'liveHint',
  'frozenHint',
  'showTable',
  'showChart',
  'legendPoint',
  'legendAbove',
  'threshold',
  'legendAlerting',
  'legendNoData',
  'countOne',
  'countMany',
  'countDrawn',
  'countSampled',
  'countAtLeast',
  'isSample',
  'lineFrom',
  'metricsFailing',
  'isPaused',
  'noneInRange',
  'noValue',
  'columnTime',
  'columnPrediction',
  'columnService',
  'columnTrace',
  'openTrace',
  'openTraceOf',
  'openLine',
  'openLineOf',
  'caption',
  'chartLabel',
  'noPointChosen',
  'pointOf',
  'openHint',
  'summary',
  'summaryAbove',
  'summaryWithin',
  'connecting',
  'failing',
  'shownFrom',
  'emptyTitle',
  'emptyIdle',
  'emptyHint',
  'emptyFailing',
  'connect',
  'diagnose',
  'refresh',
  'failed',
] as const;

/** The page's texts in the user's language, with `{0}` and so on where something is filled in. */
export type ChartStrings = Readonly<Record<(typeof chartStringKeys)[number], string>>;

/** What the page is told when it says `ready`. */
export interface ChartInit {
  readonly strings: ChartStrings;
  /** A BCP 47 tag. */
  readonly language: string;
}

/** What the page may have the extension do for the user. */
export const chartActions = ['connect', 'diagnose', 'refresh'] as const;

/** Something the page may have the extension do for the user. */
export type ChartAction = (typeof chartActions)[number];

/**
 * What the page asks. `ready` is answered with a ChartInit, the others with nothing. The extension asks nothing; it tells
 * the page of `data`, a ChartData, after `ready`, after `view`, and when what is shown has changed.
 */
export type ChartRequest =
  | { readonly method: 'ready' | 'view'; readonly view: ChartView }
  | { readonly method: 'reveal' | 'line'; readonly traceId: string; readonly spanId: string }
  | { readonly method: 'run'; readonly action: ChartAction };
