import type { AlertRule } from '../../core/alerts/alertRule';
import type { AlertState } from '../../core/alerts/alertState';
import type { NoticeKind } from '../../core/alerts/ruleNotice';
import { formatDuration, formatNumber } from '../../core/duration';
import { cleanText } from '../../core/trace/cleanText';
import type { Inference } from '../../core/trace/inference';
import { withoutLinks } from '../../platform/withoutLinks';
import { type SignalNames, statisticOf } from '../metrics/index';

/** Translates a message with placeholders `{0}`, as vscode.l10n.t does. */
export type Translate = (message: string, ...args: string[]) => string;

/** What the alert's watchers show, and need to know beside its state. */
export interface AlertContext {
  readonly rule: AlertRule;
  /** What the values are and where they come from. */
  readonly names: SignalNames;
  readonly connectionName: string;
  /** Where spans are received; empty when they are not. */
  readonly receivesAt: string;
}

/** A value with its unit. */
export function formatValue(value: number, unit: string): string {
  return unit === '' ? formatNumber(value) : `${formatNumber(value)} ${unit}`;
}

/** The sentence that a notification says. */
export function noticeText(
  notice: NoticeKind,
  state: AlertState,
  context: AlertContext,
  t: Translate,
): string {
  const { rule, names } = context;
  const { unit } = names;
  const outside = (text: string, maxLength: number) => withoutLinks(cleanText(text, maxLength));
  const name = outside(rule.name, 80);
  const evaluation = state.evaluation;
  const window = formatDuration(rule.windowUs);
  const limit = formatValue(rule.threshold, unit);
  const statistic = statisticOf(names, rule);
  const origin = names.from === '' ? '' : ` (${outside(names.from, 120)})`;
  const quantity = `${outside(names.quantity, 80)}${origin}`;
  switch (notice) {
    case 'outage':
      if (names.from !== '') return metricsOutage(name, state, outside, t);
      return t(
        '{0} is Alerting (Error): Jaeger “{1}” does not answer. {2} Whyspan keeps what it has and goes on trying.',
        name,
        outside(context.connectionName, 40),
        evaluation?.result === 'error' ? outside(evaluation.message, 200) : '',
      );
    case 'firing': {
      if (evaluation?.result !== 'firing') return name;
      const { service, value } = evaluation.worst;
      return t(
        '{0}: {1} of {2} in {3} was {4} over the last {5}, above {6}.',
        name,
        statistic,
        quantity,
        outside(service, 60),
        formatValue(value, unit),
        window,
        limit,
      );
    }
    case 'resolved': {
      if (evaluation?.result !== 'ok')
        return names.from === ''
          ? t('{0}: Jaeger answers again, without data for the last {1}.', name, window)
          : t('{0}: its metrics can be had again, without data for the last {1}.', name, window);
      return t(
        '{0} is resolved: {1} of {2} is {3} over the last {4}, not above {5}.',
        name,
        statistic,
        quantity,
        formatValue(evaluation.worst.value, unit),
        window,
        limit,
      );
    }
  }
}

/** A query may be refused as well as not answered, so the reason says more than any summary. */
function metricsOutage(
  name: string,
  { evaluation }: AlertState,
  outside: (text: string, maxLength: number) => string,
  t: Translate,
): string {
  const reason = evaluation?.result === 'error' ? outside(evaluation.message, 300) : '';
  return t('{0} is Alerting (Error): its metrics cannot be had. {1}', name, reason);
}

/** The inference that shows best why an alert is as it is: the last of those whose value is nearest to the alert's, else the last one. */
export function evidence(
  inferences: readonly Inference[],
  measure: (inference: Inference) => number | undefined,
  value: number | undefined,
): Inference | undefined {
  let best: Inference | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const inference of inferences) {
    const distance = Math.abs((measure(inference) ?? Number.NaN) - (value ?? Number.NaN));
    const isNearer =
      distance <= bestDistance || (Number.isNaN(distance) && bestDistance === Number.POSITIVE_INFINITY);
    if (best !== undefined && !isNearer) continue;
    best = inference;
    bestDistance = Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance;
  }
  return best;
}
