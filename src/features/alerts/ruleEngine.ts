import { evaluateConditions } from '../../core/alerts/evaluateConditions';
import { evaluationTime } from '../../core/alerts/evaluationTime';
import { isTrustworthy } from '../../core/alerts/isTrustworthy';
import type { Rule } from '../../core/alerts/rule';
import type { RuleNotice, RuleOutcome } from '../../core/alerts/ruleRun';
import { RuleValues } from '../../core/alerts/ruleValues';
import { skippedMs, type Tick } from '../../core/alerts/skippedTime';
import type { ValueSource } from '../../core/alerts/valueColumn';
import { type Disposable, Emitter } from '../../core/event';
import { traced } from '../../sources/selfTracing';
import { steadyInterval } from '../../sources/steadyInterval';
import type { KeptRule } from './keptStates';
import type { RuleQuestion } from './metricsQuestion';
import { WatchedRule } from './watchedRule';

/** What the engine asks and is told. */
export interface RuleEngineOptions {
  /** The values of the traces that are held. */
  readonly values: ValueSource & { newestUs(): number | undefined };
  /** Whether there is something to ask, and if it failed, why. */
  readonly standing: () => 'ready' | 'waiting' | { readonly failure: string };
  /** When the source last answered, where it is asked and not sent to. */
  readonly answeredUs: () => number | undefined;
  readonly graceUs: () => number;
  /** What asks for the values of a rule elsewhere than among the traces; `undefined` for rules on traces. */
  readonly questionOf: (rule: Rule) => RuleQuestion | undefined;
  readonly clock: () => Tick;
  /** All that is to be said of one moment. */
  readonly onNotices: (notices: readonly RuleNotice[]) => void;
  /** What was kept of a rule from before. */
  readonly kept: (uid: string) => KeptRule | undefined;
  readonly report: (error: unknown, doing: string) => void;
}

/** Evaluates rules at their frequencies, and remembers their states. */
export class RuleEngine implements Disposable {
  readonly #options: RuleEngineOptions;
  readonly #onDidChange: Emitter<void>;
  readonly #watched = new Map<string, WatchedRule>();
  /** Rules that are not watched any more: when one comes back, so does what it was. */
  readonly #left = new Map<string, WatchedRule>();
  #timer: Disposable | undefined;
  #tickMs = 1000;
  #tick: Tick;
  #count = 0;
  #lastUs = 0;
  #resumedUs = Number.NEGATIVE_INFINITY;
  readonly #asking = new Map<string, AbortController>();

  constructor(options: RuleEngineOptions) {
    this.#options = options;
    this.#tick = options.clock();
    this.#onDidChange = new Emitter((error) => options.report(error, 'show the alerts'));
  }

  /** The rules that are watched, in their order. */
  get rules(): readonly WatchedRule[] {
    return [...this.#watched.values()];
  }

  rule(uid: string): WatchedRule | undefined {
    return this.#watched.get(uid);
  }

  /** Fires after each evaluation, and when one was skipped or could not be made, or when there are other rules. */
  get onDidChange() {
    return this.#onDidChange.event;
  }

  /** Watches these rules from now on. One with the id of another before it goes on with its state. */
  setRules(rules: readonly Rule[]): void {
    for (const [uid, watched] of this.#watched) this.#left.set(uid, watched);
    this.#watched.clear();
    for (const rule of rules) {
      const known = this.#left.get(rule.uid);
      if (known) known.rule = rule;
      this.#left.delete(rule.uid);
      this.#watched.set(
        rule.uid,
        known ?? new WatchedRule(rule, this.#options.kept(rule.uid), this.#nowUs()),
      );
    }
    for (const watched of this.#left.values()) watched.reset(this.#nowUs());
    this.#onDidChange.fire();
  }

  /** Evaluates all now, if there is something to ask, and from now on each at its frequency. */
  start(): void {
    this.stop();
    const seconds = this.rules.map(({ rule }) => Math.max(1, Math.round(rule.frequencyUs / 1e6)));
    this.#tickMs = Math.min(60, seconds.reduce(greatestCommonDivisor, 0) || 60) * 1000;
    this.#tick = this.#options.clock();
    this.#count = 0;
    this.#timer = steadyInterval(this.#tickMs, () => this.tick());
    this.evaluate(this.rules);
  }

  /** Evaluates no more; the states stay as they are. */
  stop(): void {
    this.#timer?.dispose();
    this.#timer = undefined;
    this.#stopAsking();
  }

  /** Forgets all states, as for another connection; what they were stays in the history. */
  reset(): void {
    this.#stopAsking();
    for (const watched of this.rules) watched.reset(this.#nowUs());
    this.#left.clear();
    this.#lastUs = 0;
    this.#onDidChange.fire();
  }

  /** One beat of the timer: evaluates the rules whose time has come. */
  tick(): void {
    this.#count++;
    const elapsedUs = this.#count * this.#tickMs * 1000;
    const due = this.rules.filter(({ rule }) => {
      const everyUs = Math.max(1, Math.round(rule.frequencyUs / 1e6)) * 1e6;
      return elapsedUs % everyUs === 0;
    });
    this.#noteSkipped();
    if (due.length > 0) this.evaluate(due);
  }

  /** Evaluates some rules at this moment, all on the same values. */
  evaluate(rules: readonly WatchedRule[]): void {
    try {
      traced('whyspan.alert.evaluate', { 'whyspan.rules': rules.length }, () => this.#evaluate(rules));
    } catch (error) {
      this.#options.report(error, 'evaluate the alerts');
    }
  }

  dispose(): void {
    this.stop();
    this.#onDidChange.dispose();
  }

  #nowUs(): number {
    return this.#options.clock().wallMs * 1000;
  }

  #stopAsking(): void {
    for (const asking of this.#asking.values()) asking.abort();
    this.#asking.clear();
  }

  #evaluate(rules: readonly WatchedRule[]): void {
    const active = rules.filter(({ rule }) => !rule.isPaused);
    const onTraces: WatchedRule[] = [];
    for (const watched of active) {
      const question = this.#options.questionOf(watched.rule);
      if (question) this.#ask(watched, question);
      else onTraces.push(watched);
    }
    const outcomes = this.#outcomes(onTraces);
    if (outcomes.length > 0) this.#step(outcomes);
  }

  #outcomes(rules: readonly WatchedRule[]): readonly (readonly [WatchedRule, RuleOutcome])[] {
    const { standing, values, answeredUs, graceUs } = this.#options;
    const stands = standing();
    if (stands === 'waiting' || rules.length === 0) return [];
    const nowUs = this.#nowUs();
    const times = { nowUs, lastUs: this.#lastUs, graceUs: graceUs(), newestUs: values.newestUs() };
    if (stands !== 'ready') {
      this.#lastUs = evaluationTime({ ...times, answeredUs: undefined, newestUs: undefined });
      return rules.map((watched) => [watched, { kind: 'error', message: stands.failure }]);
    }
    this.#lastUs = evaluationTime({ ...times, answeredUs: answeredUs() });
    const read = new RuleValues(
      values,
      rules.map(({ rule }) => rule),
      this.#lastUs,
    );
    return rules.map((watched) => [
      watched,
      { kind: 'groups', groups: evaluateConditions(watched.rule, read) },
    ]);
  }

  #step(outcomes: readonly (readonly [WatchedRule, RuleOutcome])[], atUs = this.#lastUs): void {
    const nowUs = this.#nowUs();
    const graceUs = this.#options.graceUs();
    const notices = outcomes.flatMap(([watched, outcome]) => {
      const resumedUs = Math.max(this.#resumedUs, watched.resumedUs);
      const isTrusted = isTrustworthy(watched.rule, outcome, { resumedUs, nowUs, graceUs });
      return isTrusted ? watched.step(outcome, { atUs, nowUs }) : [];
    });
    this.#onDidChange.fire();
    if (notices.length > 0) this.#options.onNotices(notices);
  }

  /** Time in which the computer slept, or that a clock jumped over, counts for nobody. */
  #noteSkipped(): void {
    const now = this.#options.clock();
    const skippedUs = skippedMs(this.#tick, now, this.#tickMs) * 1000;
    this.#tick = now;
    if (skippedUs === 0) return;
    this.#resumedUs = now.wallMs * 1000;
    this.#lastUs = Math.min(this.#lastUs + skippedUs, now.wallMs * 1000);
    for (const watched of this.rules) watched.skip(skippedUs);
  }

  #ask(watched: WatchedRule, question: RuleQuestion): void {
    const { uid } = watched.rule;
    if (this.#asking.has(uid)) {
      watched.skipped++;
      this.#onDidChange.fire();
      return;
    }
    const nowUs = this.#nowUs();
    const asking = new AbortController();
    const asked = question(nowUs, asking.signal);
    if (asked === 'waiting') return;
    this.#asking.set(uid, asking);
    // Stopped, or started anew, meanwhile: nobody waits for this one.
    const isWanted = () => this.#asking.get(uid) === asking && this.#asking.delete(uid);
    asked
      .then(
        (outcome) => isWanted() && this.#answer(watched, outcome, nowUs),
        (error: unknown) => isWanted() && Promise.reject(error),
      )
      .catch((error: unknown) => this.#options.report(error, 'evaluate the alert'));
  }

  #answer(watched: WatchedRule, outcome: RuleOutcome, nowUs: number): void {
    // Before the first answer a failure is no outage: nothing that worked has ended.
    if (outcome.kind === 'error' && !watched.hasAnswered) {
      watched.failure = outcome.message;
      this.#onDidChange.fire();
      return;
    }
    this.#step([[watched, outcome]], nowUs);
  }
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
