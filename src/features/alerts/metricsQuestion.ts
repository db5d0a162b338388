import type { AlertRule } from '../../core/alerts/alertRule';
import { type Evaluation, evaluateSignal } from '../../core/alerts/evaluateRule';
import type { Rule } from '../../core/alerts/rule';
import type { RuleOutcome } from '../../core/alerts/ruleRun';
import type { SignalSource } from '../../core/alerts/signalSource';
import { isHumanError } from '../../core/humanError';

/** Asks for what a rule says at a moment. Rejects with bugs and cancellations only. */
export type RuleQuestion = (nowUs: number, signal: AbortSignal) => Promise<RuleOutcome> | 'waiting';

/** The question for the rule of `whyspan.alert.*` where its values come from metrics. */
export function metricsQuestion(rule: Rule, alert: AlertRule, source: SignalSource): RuleQuestion {
  return (nowUs, signal) => {
    const standing = source.standing();
    if (standing === 'waiting') return 'waiting';
    if (standing !== 'ready') return Promise.resolve({ kind: 'error', message: standing.failure });
    return ask(rule, alert, source, { nowUs, signal });
  };
}

async function ask(
  rule: Rule,
  alert: AlertRule,
  source: SignalSource,
  { nowUs, signal }: { readonly nowUs: number; readonly signal: AbortSignal },
): Promise<RuleOutcome> {
  try {
    const times = { fromUs: nowUs, toUs: nowUs, stepUs: alert.frequencyUs };
    return outcomeOf(rule, evaluateSignal(alert, await source.ask(alert, times, signal), nowUs));
  } catch (error) {
    if (!isHumanError(error)) throw error;
    return { kind: 'error', message: error.message };
  }
}

function outcomeOf({ conditions: [condition] }: Rule, evaluation: Evaluation): RuleOutcome {
  switch (evaluation.result) {
    case 'error':
      return { kind: 'error', message: evaluation.message };
    case 'no_data':
      return { kind: 'groups', groups: [{ labels: [], kind: 'no_data', worst: undefined, condition }] };
    case 'ok':
    case 'firing': {
      const { service, value } = evaluation.worst;
      const worst = { labels: [service], value, before: undefined };
      return { kind: 'groups', groups: [{ labels: [], kind: evaluation.result, worst, condition }] };
    }
  }
}
