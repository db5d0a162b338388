import { type AlertPeriod, enterPeriod } from '../../core/alerts/alertPeriods';
import type { AlertRule } from '../../core/alerts/alertRule';
import {
  type AlertNotice,
  type AlertState,
  initialAlertState,
  stepAlert,
} from '../../core/alerts/alertState';
import { type Evaluation, evaluateRule } from '../../core/alerts/evaluateRule';
import { type Disposable, Emitter } from '../../core/event';
import type { TraceStore } from '../../core/store/traceStore';
import { traced } from '../../sources/selfTracing';
import type { SourceStatus } from '../../sources/sourceStatus';

/** What the engine asks and is told. */
export interface AlertEngineOptions {
  readonly store: TraceStore;
  /** How the source is doing now. */
  readonly sourceStatus: () => SourceStatus;
  readonly rule: AlertRule;
  readonly nowMs: () => number;
  readonly onNotice: (notice: AlertNotice, state: AlertState) => void;
  readonly report: (error: unknown, doing: string) => void;
}

/** Evaluates the rule at its frequency, once a source has answered, and remembers its state and its periods. */
export class AlertEngine implements Disposable {
  readonly #options: AlertEngineOptions;
  readonly #onDidChange: Emitter<void>;
  #rule: AlertRule;
  #state: AlertState = initialAlertState;
  #periods: readonly AlertPeriod[] = [];
  #timer: ReturnType<typeof setInterval> | undefined;

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

  /** Fires after each evaluation. */
  get onDidChange() {
    return this.#onDidChange.event;
  }

  /** Evaluates now, if a source has answered, and from now on at the rule's frequency. */
  start(rule: AlertRule): void {
    this.stop();
    this.#rule = rule;
    this.#timer = setInterval(() => this.evaluate(), rule.frequencyUs / 1000);
    this.evaluate();
  }

  /** Evaluates no more; the state stays as it is. */
  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Forgets all, as for another connection. */
  reset(): void {
    this.#state = initialAlertState;
    this.#periods = [];
    this.#onDidChange.fire();
  }

  /** One evaluation. Does nothing before the source has answered once. */
  evaluate(): void {
    traced('whyspan.alert.evaluate', {}, () => this.#evaluate());
  }

  dispose(): void {
    this.stop();
    this.#onDidChange.dispose();
  }

  #evaluate(): void {
    const nowUs = this.#options.nowMs() * 1000;
    const evaluation = this.#ask(nowUs);
    if (!evaluation) return;
    const { state, notice } = stepAlert(this.#state, evaluation, nowUs);
    this.#state = state;
    this.#periods = enterPeriod(this.#periods, state.name, nowUs);
    this.#onDidChange.fire();
    if (notice) this.#options.onNotice(notice, state);
  }

  #ask(nowUs: number): Evaluation | undefined {
    const status = this.#options.sourceStatus();
    switch (status.kind) {
      case 'idle':
      case 'connecting':
        return undefined;
      case 'failing':
        return status.hasAnswered ? { result: 'error', message: status.error.message } : undefined;
      case 'ok': {
        const { store } = this.#options;
        const range = { afterUs: nowUs - this.#rule.windowUs, toUs: nowUs };
        const series = store.services().map((service) => ({
          service,
          points: store.signal(this.#rule.attribute, { service, ...range }),
        }));
        return evaluateRule(this.#rule, series, nowUs);
      }
    }
  }
}
