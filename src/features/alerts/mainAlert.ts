import type { AlertPeriod } from '../../core/alerts/alertPeriods';
import type { AlertRule } from '../../core/alerts/alertRule';
import { type AlertState, type AlertStateName, initialAlertState } from '../../core/alerts/alertState';
import { mainRuleUid } from '../../core/alerts/decodeRules';
import type { Evaluation } from '../../core/alerts/evaluateRule';
import type { RuleOutcome } from '../../core/alerts/ruleRun';
import type { RuleStateName } from '../../core/alerts/ruleState';
import type { Event } from '../../core/event';
import type { RuleEngine } from './ruleEngine';

/** The alert of `whyspan.alert.*` among the rules: what the chart, the code and the status bar go by. */
export class MainAlert {
  readonly #engine: RuleEngine;
  readonly #rule: () => AlertRule;

  constructor(engine: RuleEngine, rule: () => AlertRule) {
    this.#engine = engine;
    this.#rule = rule;
  }

  get rule(): AlertRule {
    return this.#rule();
  }

  get state(): AlertState {
    const { worst, outcome } = this.#watched ?? {};
    if (!worst || !outcome) return initialAlertState;
    return { name: nameOf(worst.state.name), sinceUs: worst.enteredUs, evaluation: evaluationOf(outcome) };
  }

  /** What states the alert was in, oldest first. */
  get periods(): readonly AlertPeriod[] {
    return (this.#watched?.history ?? []).map(({ name, fromUs, toUs }) => ({
      state: nameOf(name),
      fromUs,
      toUs,
    }));
  }

  /** Why there is no evaluation yet, when asking for values fails and has never not failed. */
  get failure(): string | undefined {
    return this.#watched?.failure;
  }

  /** Evaluations that were left out because the one before had no answer yet. */
  get skipped(): number {
    return this.#watched?.skipped ?? 0;
  }

  get onDidChange(): Event<void> {
    return this.#engine.onDidChange;
  }

  get #watched() {
    return this.#engine.rule(mainRuleUid);
  }
}

function nameOf(name: RuleStateName): AlertStateName {
  switch (name) {
    case 'unknown':
    case 'ok':
    case 'alerting':
    case 'no_data':
      return name;
    // A legacy rule without `for` has none of these.
    case 'pending':
      return 'ok';
    case 'recovering':
    case 'error':
      return 'alerting';
  }
}

function evaluationOf(outcome: RuleOutcome): Evaluation {
  if (outcome.kind === 'error') return { result: 'error', message: outcome.message };
  const [group] = outcome.groups;
  if (!group?.worst || group.kind === 'no_data') return { result: 'no_data' };
  const { labels, value } = group.worst;
  return { result: group.kind, worst: { service: labels[0] ?? '', value } };
}
