import { type AlertPeriod, enterPeriod } from '../../core/alerts/alertPeriods';
import type { AlertRule } from '../../core/alerts/alertRule';
import {
  type AlertNotice,
  type AlertState,
  initialAlertState,
  stepAlert,
} from '../../core/alerts/alertState';
import { type Evaluation, evaluateSignal } from '../../core/alerts/evaluateRule';
import type { Signal, SignalSource } from '../../core/alerts/signalSource';
import { type Disposable, Emitter } from '../../core/event';
import { isHumanError } from '../../core/humanError';
import { traced } from '../../sources/selfTracing';
import { steadyInterval } from '../../sources/steadyInterval';

/** What the engine asks and is told. */
export interface AlertEngineOptions {
  /** What gives the rule its values now. */
  readonly signals: () => SignalSource;
  readonly rule: AlertRule;
  readonly nowMs: () => number;
  readonly onNotice: (notice: AlertNotice, state: AlertState) => void;
  readonly report: (error: unknown, doing: string) => void;
}

/** Evaluates the rule at its frequency, once there is something to ask, and remembers its state and its periods. */
export class AlertEngine implements Disposable {
  readonly #options: AlertEngineOptions;
  readonly #onDidChange: Emitter<void>;
  #rule: AlertRule;
  #state: AlertState = initialAlertState;
  #periods: readonly AlertPeriod[] = [];
  #timer: Disposable | undefined;
  #asking: AbortController | undefined;
  #hasAnswered = false;
  #failure: string | undefined;
  #skipped = 0;

  constructor(options: AlertEngineOptions) {
    this.#options = options;
    this.#rule = options.rule;
    this.#onDidChange = new Emitter((error) => options.report(error, 'show the alert'));
  }

  get rule(): AlertRule {
    return this.#rule;
  }

  get state(): AlertState {
    return this.#state;
  }

  /** What states the alert was in, oldest first. */
  get periods(): readonly AlertPeriod[] {
    return this.#periods;
  }

  /** Why there is no evaluation yet, when asking for values fails and has never not failed. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Evaluations that were left out because the one before had no answer yet. */
  get skipped(): number {
    return this.#skipped;
  }

  /** Fires after each evaluation, and when one was skipped or could not be made. */
  get onDidChange() {
    return this.#onDidChange.event;
  }

  /** Evaluates now, if there is something to ask, and from now on at the rule's frequency. */
  start(rule: AlertRule): void {
    this.stop();
    this.#rule = rule;
    this.#timer = steadyInterval(rule.frequencyUs / 1000, () => this.evaluate());
    this.evaluate();
  }

  /** Evaluates no more; the state stays as it is. */
  stop(): void {
    this.#timer?.dispose();
    this.#timer = undefined;
    this.#asking?.abort();
    this.#asking = undefined;
  }

  /** Forgets all, as for another connection. */
  reset(): void {
    this.#asking?.abort();
    this.#asking = undefined;
    this.#state = initialAlertState;
    this.#periods = [];
    this.#hasAnswered = false;
    this.#failure = undefined;
    this.#skipped = 0;
    this.#onDidChange.fire();
  }

  /** One evaluation. Does nothing while there is nothing to ask, and leaves it out while the one before has no answer. */
  evaluate(): void {
    if (this.#asking) {
      this.#skipped++;
      this.#onDidChange.fire();
      return;
    }
    const done = traced('whyspan.alert.evaluate', {}, () => this.#evaluate());
    done?.catch((error: unknown) => this.#options.report(error, 'evaluate the alert'));
  }

  dispose(): void {
    this.stop();
    this.#onDidChange.dispose();
  }

  #evaluate(): Promise<void> | undefined {
    const nowUs = this.#options.nowMs() * 1000;
    const source = this.#options.signals();
    const standing = source.standing();
    if (standing === 'waiting') return undefined;
    if (standing !== 'ready') {
      this.#step({ result: 'error', message: standing.failure }, nowUs);
      return undefined;
    }
    const asking = new AbortController();
    const times = { fromUs: nowUs, toUs: nowUs, stepUs: this.#rule.frequencyUs };
    const asked = source.ask(this.#rule, times, asking.signal);
    if (!(asked instanceof Promise)) {
      this.#step(evaluateSignal(this.#rule, asked, nowUs), nowUs);
      return undefined;
    }
    this.#asking = asking;
    return this.#await(asked, asking, nowUs);
  }

  async #await(asked: Promise<Signal>, asking: AbortController, nowUs: number): Promise<void> {
    const rule = this.#rule;
    const outcome = await asked.then(
      (signal) => ({ evaluation: evaluateSignal(rule, signal, nowUs) }),
      (error: unknown) => ({ error }),
    );
    // Stopped, or started anew, meanwhile: nobody waits for this one.
    if (this.#asking !== asking) return;
    this.#asking = undefined;
    if ('evaluation' in outcome) this.#step(outcome.evaluation, nowUs);
    else if (!isHumanError(outcome.error)) throw outcome.error;
    else this.#fail(outcome.error.message, nowUs);
  }

  /** Before the first answer a failure is no outage: nothing that worked has ended. */
  #fail(message: string, nowUs: number): void {
    if (this.#hasAnswered) {
      this.#step({ result: 'error', message }, nowUs);
      return;
    }
    this.#failure = message;
    this.#onDidChange.fire();
  }

  #step(evaluation: Evaluation, nowUs: number): void {
    if (evaluation.result !== 'error') this.#hasAnswered = true;
    this.#failure = undefined;
    const { state, notice } = stepAlert(this.#state, evaluation, nowUs);
    this.#state = state;
    this.#periods = enterPeriod(this.#periods, state.name, nowUs);
    this.#onDidChange.fire();
    if (notice) this.#options.onNotice(notice, state);
  }
}
