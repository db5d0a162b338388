import { type AlertState, initialAlertState } from '../../core/alerts/alertState';
import { type Disposable, Emitter } from '../../core/event';
import type { AlertsEntry } from './alerts';

/** What there is of the alerts for other features, also before they are loaded. */
export class LateAlerts implements Disposable {
  readonly #onDidChange: Emitter<void>;
  #loaded: AlertsEntry | undefined;

  constructor(report: (error: unknown, doing: string) => void) {
    this.#onDidChange = new Emitter((error) => report(error, 'show the alert'));
  }

  /** Where the alert of `whyspan.alert.*` stands. */
  get state(): AlertState {
    return this.#loaded?.main.state ?? initialAlertState;
  }

  /** What states it was in, oldest first. */
  get periods() {
    return this.#loaded?.main.periods ?? [];
  }

  /** How many rules alert. */
  get alertingCount(): number {
    return this.#loaded?.alertingCount ?? 0;
  }

  get onDidChange() {
    return this.#onDidChange.event;
  }

  /** From now on it is what was loaded. */
  follow(loaded: AlertsEntry): void {
    this.#loaded = loaded;
    loaded.main.onDidChange(() => this.#onDidChange.fire());
    this.#onDidChange.fire();
  }

  dispose(): void {
    this.#onDidChange.dispose();
  }
}
