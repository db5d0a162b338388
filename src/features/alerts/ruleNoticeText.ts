import type { Rule } from '../../core/alerts/rule';
import type { RuleInstance, RuleNotice } from '../../core/alerts/ruleRun';
import { formatDuration } from '../../core/duration';
import { cleanText } from '../../core/trace/cleanText';
import { withoutLinks } from '../../platform/withoutLinks';
import type { Translate } from './model';
import { conditionValue, labelsText, quantityText, stateText, type Units } from './ruleText';

/** What notifications of rules need to know. */
export interface RuleNoticeContext extends Units {
  readonly connectionName: string;
  readonly t: Translate;
}

const outside = (text: string, maxLength: number) => withoutLinks(cleanText(text, maxLength));

/** The sentence that a notification of a rule says. */
export function ruleNoticeText(notice: RuleNotice, context: RuleNoticeContext): string {
  switch (notice.kind) {
    case 'outage':
      return outageText(notice, context);
    case 'firing':
      return firingText(notice, context);
    case 'resolved':
      return resolvedText(notice, context);
  }
}

function outageText(
  { rule, instance, message = '' }: RuleNotice,
  { connectionName, t }: RuleNoticeContext,
): string {
  const [name, reason] = [outside(rule.name, 80), outside(message, 200)];
  const state = stateText(instance.state, t);
  if (connectionName === '') return t('{0} is {1}: traces cannot be had. {2}', name, state, reason);
  const jaeger = outside(connectionName, 40);
  return t('{0} is {1}: Jaeger “{2}” does not answer. {3}', name, state, jaeger, reason);
}

function firingText({ rule, instance }: RuleNotice, { t, ...units }: RuleNoticeContext): string {
  const name = outside(rule.name, 80);
  const { worst, condition } = instance;
  const window = formatDuration(condition.windowUs);
  const quantity = outside(quantityText(condition, t), 100);
  if (instance.state.reason === 'NoData' || !worst)
    return t('{0} is {1}: there is no data for the last {2}.', name, stateText(instance.state, t), window);
  const value = conditionValue(condition, worst.value, units);
  const subject = withGroup(quantity, rule, instance, t);
  const said = t('{0}: {1} was {2} over the last {3}', name, subject, value, window);
  const limit = limitSentence(instance, units, t);
  const others = rule.conditions.length - 1;
  return others === 0
    ? t('{0}, {1}.', said, limit)
    : t('{0}, {1}, and so for {2} more conditions.', said, limit, String(others));
}

function limitSentence({ condition, worst }: RuleInstance, units: Units, t: Translate): string {
  const { evaluator } = condition;
  const text = (value: number) => conditionValue(condition, value, units);
  switch (evaluator.type) {
    case 'gt':
      return t('above {0}', text(evaluator.limit));
    case 'lt':
      return t('below {0}', text(evaluator.limit));
    case 'within_range':
    case 'outside_range': {
      const [low, high] = [...evaluator.limits].sort((a, b) => a - b).map(text);
      return evaluator.type === 'within_range'
        ? t('between {0} and {1}', low ?? '', high ?? '')
        : t('outside of {0} to {1}', low ?? '', high ?? '');
    }
    case 'no_value':
      return t('where a value was not expected');
    case 'anomaly':
      return t(
        'against {0} in the {1} before',
        text(worst?.before ?? 0),
        formatDuration(evaluator.baselineUs),
      );
  }
}

function resolvedText({ rule, instance }: RuleNotice, { t, ...units }: RuleNoticeContext): string {
  const name = outside(rule.name, 80);
  const { worst, condition, state } = instance;
  const window = formatDuration(condition.windowUs);
  if (state.reason === 'MissingSeries') {
    const group = outside(labelsText(rule, instance.labels, t), 120);
    return t('{0} is resolved: {1} is no longer there.', name, group || t('its series'));
  }
  if (!worst) return t('{0} is resolved, without data for the last {1}.', name, window);
  const value = conditionValue(condition, worst.value, units);
  const subject = withGroup(outside(quantityText(condition, t), 100), rule, instance, t);
  return t('{0} is resolved: {1} is {2} over the last {3}.', name, subject, value, window);
}

/** A legacy rule fires for the worst of its series, a unified one for a group. */
function withGroup(quantity: string, rule: Rule, { labels, worst }: RuleInstance, t: Translate): string {
  const group = outside(labelsText(rule, labels.length > 0 ? labels : (worst?.labels ?? []), t), 120);
  return group === '' ? quantity : t('{0} in {1}', quantity, group);
}

/** One sentence for several notices of one moment. */
export function mergedText(notices: readonly RuleNotice[], { connectionName, t }: RuleNoticeContext): string {
  const names = (kind: RuleNotice['kind']) =>
    [...new Set(notices.filter((each) => each.kind === kind).map(({ rule }) => outside(rule.name, 60)))].join(
      ', ',
    );
  const sentences = [
    [t('Firing: {0}.', names('firing')), names('firing')],
    [
      connectionName === ''
        ? t('Traces cannot be had: {0}.', names('outage'))
        : t('Jaeger “{0}” does not answer: {1}.', outside(connectionName, 40), names('outage')),
      names('outage'),
    ],
    [t('Resolved: {0}.', names('resolved')), names('resolved')],
  ] as const;
  const told = sentences.flatMap(([sentence, its]) => (its === '' ? [] : [sentence])).join(' ');
  return cleanText(t('{0} alerts changed. {1}', String(notices.length), told), 500);
}
