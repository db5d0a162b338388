import type { Disposable } from '../../core/event';

/** Runs an action at once, and while it is asked for again and again at most once per interval. */
export class Throttle implements Disposable {
  readonly #action: () => void;
  readonly #intervalMs: number;
  #timer: NodeJS.Timeout | undefined;
  #isWanted = false;

  constructor(action: () => void, intervalMs: number) {
    this.#action = action;
    this.#intervalMs = intervalMs;
  }

  /** Asks for the action. */
  trigger(): void {
    if (this.#timer) this.#isWanted = true;
    else this.#run();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isWanted = false;
  }

  #run(): void {
    this.#isWanted = false;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#isWanted) this.#run();
    }, this.#intervalMs);
    this.#action();
  }
}
