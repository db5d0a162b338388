import type { Rule } from '../../core/alerts/rule';
import {
  type RuleInstance,
  type RuleNotice,
  type RuleOutcome,
  type StepTime,
  skipInstances,
  stepInstances,
  worstInstance,
} from '../../core/alerts/ruleRun';
import { endState, enterState, type StatePeriod } from '../../core/alerts/stateHistory';
import type { KeptRule } from './keptStates';

/** A rule that is watched: its instances, what they were, and how its evaluations went. */
export class WatchedRule {
  rule: Rule;
  #instances: ReadonlyMap<string, RuleInstance>;
  #history: readonly StatePeriod[];
  /** The last outcome that counted; `undefined` before the first. */
  outcome: RuleOutcome | undefined;
  /** An evaluation gave something else than an error. */
  hasAnswered = false;
  /** Why there is no evaluation yet, when asking for values fails and has never not failed. */
  failure: string | undefined;
  /** Evaluations that were left out because the one before had no answer yet. */
  skipped = 0;
  /** When it went on with what was kept; what is missing then may not have come back yet. */
  readonly resumedUs: number;

  /** Goes on with what was kept from before, if there is something. */
  constructor(rule: Rule, kept: KeptRule | undefined, nowUs: number) {
    this.rule = rule;
    this.#history = kept?.history ?? [];
    // The time since then did not count.
    this.#instances = kept ? skipInstances(kept.instancesOf(rule), nowUs - kept.savedAtUs) : new Map();
    this.resumedUs = this.#instances.size > 0 ? nowUs : Number.NEGATIVE_INFINITY;
  }

  get instances(): readonly RuleInstance[] {
    return [...this.#instances.values()];
  }

  /** The instance that stands for all; `undefined` before the first evaluation. */
  get worst(): RuleInstance | undefined {
    return worstInstance(this.#instances.values());
  }

  /** What states the rule was in, oldest first. */
  get history(): readonly StatePeriod[] {
    return this.#history;
  }

  /** One evaluation's step, and what to say of it. */
  step(outcome: RuleOutcome, time: StepTime): readonly RuleNotice[] {
    if (outcome.kind === 'groups') this.hasAnswered = true;
    this.failure = undefined;
    this.outcome = outcome;
    const { instances, notices } = stepInstances(this.rule, this.#instances, outcome, time);
    this.#instances = instances;
    const { worst } = this;
    if (worst) this.#history = enterState(this.#history, worst.state, worst.worst?.value, time.nowUs);
    return notices;
  }

  skip(skippedUs: number): void {
    this.#instances = skipInstances(this.#instances, skippedUs);
  }

  reset(nowUs: number): void {
    this.#history = endState(this.#history, nowUs);
    // What was kept from before waits for the first evaluation.
    if (this.outcome) this.#instances = new Map();
    this.outcome = undefined;
    this.hasAnswered = false;
    this.failure = undefined;
    this.skipped = 0;
  }
}
