import type { Disposable } from '../core/event';
import type { Clock } from '../sources/clock';

const quietMs = 1000;

/** Writes what does not come in into the log, the first time of each kind; tells that something came, at most once a second. */
export class TroubleLog implements Disposable {
  readonly #warn: (message: string) => void;
  readonly #onDidChange: () => void;
  readonly #clock: Clock;
  readonly #kinds = new Set<string>();
  #timer: Disposable | undefined;
  #isDisposed = false;

  constructor(warn: (message: string) => void, onDidChange: () => void, clock: Clock) {
    this.#warn = warn;
    this.#onDidChange = onDidChange;
    this.#clock = clock;
  }

  /** Something of a kind was not taken; `text` says what, and is written once. */
  add(kind: string, text: string): void {
    if (this.#isDisposed) return;
    if (!this.#kinds.has(kind)) {
      this.#kinds.add(kind);
      this.#warn(`${text} More of this kind is counted, and not written here.`);
    }
    this.#timer ??= this.#clock.setTimeout(() => {
      this.#timer = undefined;
      this.#onDidChange();
    }, quietMs);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#timer?.dispose();
  }
}
