import type { MuteTiming } from './muteTiming';
import type { NoDataState, StateRules } from './ruleState';

/** What a rule looks at, of each inference, or of each span of the operation that it names. */
export type RuleSignal =
  /** A number among the attributes; that of the storage latency in milliseconds. */
  | { readonly kind: 'attribute'; readonly name: string }
  /** The storage latency, also where no attribute says it and it follows from the spans of the trace. */
  | { readonly kind: 'derived_storage_latency' }
  /** Milliseconds. */
  | { readonly kind: 'span_duration' }
  /** 1 for what failed, else 0: the average is the share. */
  | { readonly kind: 'error_share' }
  /** 1 for inferences that predicted the label, 0 for those that predicted another. */
  | { readonly kind: 'prediction_share'; readonly label: string }
  /** How sure the model was, by the attribute that says so. */
  | { readonly kind: 'confidence'; readonly name: string };

/** Names of the signals in settings. */
export const signalKinds = [
  'attribute',
  'derived_storage_latency',
  'span_duration',
  'error_share',
  'prediction_share',
  'confidence',
] as const satisfies readonly RuleSignal['kind'][];

/** Grafana's reducers, and quantiles. `diff` and `percent_diff` have a sign in the unified dialect, and none in the legacy one. */
export const ruleReducers = [
  'avg',
  'min',
  'max',
  'sum',
  'count',
  'last',
  'median',
  'p90',
  'p95',
  'p99',
  'diff',
  'diff_abs',
  'percent_diff',
  'percent_diff_abs',
] as const;

/** Name of a reducer of rules. */
export type RuleReducer = (typeof ruleReducers)[number];

/** Evaluators that compare with a number or a range. */
export const comparisons = ['gt', 'lt', 'within_range', 'outside_range', 'no_value'] as const;

/** When a reduced value fires. Ranges may be given from either end, and exclude their ends. */
export type Evaluator =
  | { readonly type: 'gt' | 'lt'; readonly limit: number }
  | { readonly type: 'within_range' | 'outside_range'; readonly limits: readonly [number, number] }
  | { readonly type: 'no_value' }
  | AnomalyEvaluator;

/** Fires when the reduced value is far from what it was before, by a test with a stated rate of false alarms. */
export interface AnomalyEvaluator {
  readonly type: 'anomaly';
  /** How far back the values before the window go. */
  readonly baselineUs: number;
  /** Of evaluations in which nothing changed, this share may fire. */
  readonly falseAlarmRate: number;
  /** Smaller changes do not fire, as a share of the value before. */
  readonly leastChange: number;
  readonly direction: 'up' | 'down' | 'both';
}

/** Which spans a condition counts; empty texts leave a choice open. */
export interface SpanFilter {
  readonly service: string;
  /** The name of a span. Empty: inferences, whatever they are called. */
  readonly operation: string;
}

/** One condition: `evaluator(reducer(signal over window))`. */
export interface Condition extends SpanFilter {
  readonly signal: RuleSignal;
  readonly reducer: RuleReducer;
  readonly windowUs: number;
  readonly evaluator: Evaluator;
  /** How it is joined to what the conditions before it say, without precedence. */
  readonly operator: 'and' | 'or';
}

/** An alert rule in Grafana's terms. Durations are microseconds. */
export interface Rule extends StateRules {
  /** Names the rule where its name may change: its state, history and mutes belong to it. */
  readonly uid: string;
  readonly name: string;
  readonly conditions: readonly [Condition, ...Condition[]];
  readonly frequencyUs: number;
  /** `service`, `operation`, `prediction`, or attributes. Unified rules have a state for each group, legacy ones a series. */
  readonly groupBy: readonly string[];
  readonly muteTimings: readonly MuteTiming[];
  /** It is not evaluated. */
  readonly isPaused: boolean;
}

/** The longest window of a rule, with the time before it that an anomaly compares with. */
export function lookBackUs({ conditions }: Pick<Rule, 'conditions'>): number {
  return Math.max(
    ...conditions.map(
      ({ windowUs, evaluator }) => windowUs + (evaluator.type === 'anomaly' ? evaluator.baselineUs : 0),
    ),
  );
}

export type { NoDataState };
