import type { Condition, Evaluator, Rule } from '../../core/alerts/rule';
import type { RuleInstance } from '../../core/alerts/ruleRun';
import type { RuleState, RuleStateName } from '../../core/alerts/ruleState';
import { formatDuration, formatNumber } from '../../core/duration';
import { cleanText } from '../../core/trace/cleanText';
import type { Translate } from './model';

/** The attribute that is in milliseconds. */
export interface Units {
  readonly latencyAttribute: string;
}

/** A value of a condition with its unit; shares in percent. */
export function conditionValue(
  { signal, reducer }: Pick<Condition, 'signal' | 'reducer'>,
  value: number,
  { latencyAttribute }: Units,
): string {
  if (reducer === 'count') return formatNumber(value);
  if (reducer === 'percent_diff' || reducer === 'percent_diff_abs') return `${formatNumber(value)} %`;
  switch (signal.kind) {
    case 'error_share':
    case 'prediction_share':
      return reducer === 'sum' ? formatNumber(value) : `${formatNumber(value * 100)} %`;
    case 'attribute':
      return signal.name === latencyAttribute ? `${formatNumber(value)} ms` : formatNumber(value);
    case 'confidence':
      return formatNumber(value);
    default:
      return `${formatNumber(value)} ms`;
  }
}

/** What a condition looks at, such as `p95 of storage_latency_ms`. */
export function quantityText({ signal, reducer, operation }: Condition, t: Translate): string {
  const where = operation === '' ? '' : t(' of {0}', cleanText(operation, 60));
  switch (signal.kind) {
    case 'attribute':
    case 'confidence':
      return t('{0} of {1}', reducer, cleanText(signal.name, 60)) + where;
    case 'derived_storage_latency':
      return t('{0} of the storage latency', reducer) + where;
    case 'span_duration':
      return t('{0} of the duration', reducer) + where;
    case 'error_share':
      return reducer === 'avg' ? t('share of errors') + where : t('{0} of errors', reducer) + where;
    case 'prediction_share':
      return reducer === 'avg'
        ? t('share of “{0}”', cleanText(signal.label, 60)) + where
        : t('{0} of “{1}”', reducer, cleanText(signal.label, 60)) + where;
  }
}

/** When a condition fires, such as `> 300 ms`. */
export function limitText(condition: Condition, units: Units, t: Translate): string {
  const { evaluator } = condition;
  const value = (number: number) => conditionValue(condition, number, units);
  switch (evaluator.type) {
    case 'gt':
      return `> ${value(evaluator.limit)}`;
    case 'lt':
      return `< ${value(evaluator.limit)}`;
    case 'within_range':
      return t('between {0} and {1}', ...ends(evaluator).map(value));
    case 'outside_range':
      return t('outside of {0} to {1}', ...ends(evaluator).map(value));
    case 'no_value':
      return t('has no value');
    case 'anomaly':
      return t('unlike the {0} before', formatDuration(evaluator.baselineUs));
  }
}

function ends({ limits }: Extract<Evaluator, { readonly limits: unknown }>): readonly number[] {
  return [...limits].sort((a, b) => a - b);
}

/** All conditions of a rule in one line. */
export function conditionsText({ conditions }: Rule, units: Units, t: Translate): string {
  return conditions
    .map((condition, i) => {
      const text = `${quantityText(condition, t)} ${limitText(condition, units, t)}`;
      if (i === 0) return text;
      return condition.operator === 'or' ? t('or {0}', text) : t('and {0}', text);
    })
    .join(' ');
}

/** A state as Grafana writes it: `Alerting (NoData)`. */
export function stateText({ name, reason }: Pick<RuleState, 'name' | 'reason'>, t: Translate): string {
  const names: Record<RuleStateName, string> = {
    unknown: t('Waiting'),
    ok: t('Normal'),
    pending: t('Pending'),
    alerting: t('Alerting'),
    recovering: t('Recovering'),
    no_data: t('NoData'),
    error: t('Error'),
  };
  return reason === '' ? names[name] : `${names[name]} (${reason})`;
}

/** Which group of a rule, such as `service=vision`; empty for what is of no group. */
export function labelsText({ groupBy }: Rule, labels: readonly string[], t: Translate): string {
  return labels
    .map((value, i) => {
      const text = cleanText(value, 60) || t('(none)');
      return groupBy[i] === 'service' ? text : `${cleanText(groupBy[i] ?? '', 40)}=${text}`;
    })
    .join(', ');
}

/** The last value of an instance with its unit; empty without one. */
export function valueText({ worst, condition }: RuleInstance, units: Units): string {
  return worst ? conditionValue(condition, worst.value, units) : '';
}
