import { mainRuleUid } from '../../core/alerts/decodeRules';
import type { Rule } from '../../core/alerts/rule';
import type { RuleInstance } from '../../core/alerts/ruleRun';
import type { RuleStateName } from '../../core/alerts/ruleState';
import type { StatePeriod } from '../../core/alerts/stateHistory';
import { formatDuration } from '../../core/duration';
import { cleanText } from '../../core/trace/cleanText';
import type { Translate } from './model';
import { conditionsText, conditionValue, labelsText, stateText, type Units, valueText } from './ruleText';
import type { WatchedRule } from './watchedRule';

/** What the rows of the Alerts view need to know beside the rules. */
export interface RowContext extends Units {
  readonly nowUs: number;
  /** A moment as people of this language write it. */
  readonly timeText: (us: number) => string;
  /** The same without seconds. */
  readonly shortTimeText: (us: number) => string;
  readonly t: Translate;
}

/** A row of the Alerts view. */
export interface AlertRow {
  readonly label: string;
  readonly description: string;
  /** For a screen reader. */
  readonly ariaLabel: string;
  readonly tooltip: string;
  /** What its icon tells. */
  readonly state: RuleStateName | 'paused';
}

/** A rule: its worst state, the value, since when, and how many of its series alert. */
export function ruleRow(watched: WatchedRule, isMuted: boolean, context: RowContext): AlertRow {
  const { rule, worst, instances } = watched;
  const { t } = context;
  const label = cleanText(rule.name, 80);
  const alerting = instances.filter(({ state }) => state.name === 'alerting').length;
  const parts = rule.isPaused ? [t('Paused')] : worst ? instanceParts(worst, context) : [t('Waiting')];
  const some =
    instances.length > 1 && alerting > 0 ? [t('{0} of {1}', String(alerting), String(instances.length))] : [];
  const muted = isMuted ? [t('muted')] : [];
  const description = [...muted, ...parts, ...some].join(' · ');
  return {
    label,
    description,
    ariaLabel: [t('Alert rule {0}', label), ...parts, ...some, ...muted].join(', '),
    tooltip: ruleTooltip(watched, context).join('\n'),
    state: rule.isPaused ? 'paused' : (worst?.state.name ?? 'unknown'),
  };
}

/** One series of a rule. */
export function instanceRow(rule: Rule, instance: RuleInstance, context: RowContext): AlertRow {
  const { t } = context;
  const label = labelsText(rule, instance.labels, t) || t('All');
  const parts = instanceParts(instance, context);
  return {
    label,
    description: parts.join(' · '),
    ariaLabel: [label, ...parts].join(', '),
    tooltip: [label, ...parts].join('\n'),
    state: instance.state.name,
  };
}

/** A time that a rule was in one state. */
export function periodRow(rule: Rule, period: StatePeriod, context: RowContext): AlertRow {
  const { t, timeText, nowUs } = context;
  const { fromUs, toUs, value, name } = period;
  const label = stateText(period, t);
  const duration = formatDuration(Math.max(0, (toUs ?? nowUs) - fromUs) || 1);
  const [condition] = rule.conditions;
  const parts = [
    t('{0}, for {1}', timeText(fromUs), duration),
    ...(value === undefined ? [] : [conditionValue(condition, value, context)]),
  ];
  return {
    label,
    description: parts.join(' · '),
    ariaLabel: [label, ...parts].join(', '),
    tooltip: [
      label,
      timeText(fromUs),
      toUs === undefined ? t('until now') : t('until {0}', timeText(toUs)),
    ].join('\n'),
    state: name,
  };
}

function instanceParts(instance: RuleInstance, context: RowContext): readonly string[] {
  const { t, shortTimeText } = context;
  const value = valueText(instance, context);
  return [
    stateText(instance.state, t),
    ...(value === '' ? [] : [value]),
    t('since {0}', shortTimeText(instance.enteredUs)),
  ];
}

function ruleTooltip({ rule, outcome, worst }: WatchedRule, context: RowContext): readonly string[] {
  const { t } = context;
  const duration = (us: number) => formatDuration(us);
  const [condition] = rule.conditions;
  const lines = [
    cleanText(rule.name, 80),
    conditionsText(rule, context, t),
    t('over {0}, each {1}', duration(condition.windowUs), duration(rule.frequencyUs)),
  ];
  if (rule.forUs > 0) lines.push(t('alerts after firing for {0}', duration(rule.forUs)));
  if (rule.keepFiringForUs > 0)
    lines.push(t('is resolved after {0} without firing', duration(rule.keepFiringForUs)));
  if (rule.conditions.some(({ service }) => service !== ''))
    lines.push(
      t(
        'Services: {0}',
        [...new Set(rule.conditions.map(({ service }) => cleanText(service, 40)))].join(', '),
      ),
    );
  if (outcome?.kind === 'error') lines.push(cleanText(outcome.message, 300));
  const before = worst?.worst?.before;
  if (worst && before !== undefined)
    lines.push(t('before: {0}', conditionValue(worst.condition, before, context)));
  lines.push(
    rule.dialect === 'legacy' ? t('as a legacy alert of Grafana') : t('as a unified alert of Grafana'),
  );
  if (rule.uid === mainRuleUid) lines.push(t('set by whyspan.alert.*'));
  return lines;
}
