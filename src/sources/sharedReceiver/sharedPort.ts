import type { Disposable } from '../../core/event';
import type { Clock } from '../clock';

/** How a window stands to the port that it wanted and another one had. */
export type SharedPortState =
  /** It asks who has the port now. */
  | 'searching'
  /** It is given what comes there. */
  | 'following'
  /** It has the port itself: the other one is gone. */
  | 'holding'
  /** A program has the port that is no window to follow, and keeps it. */
  | 'lost';

/** What a window can do about such a port. */
export interface SharedPortOptions {
  /** Follows who has the port, until it is disposed or `onEnd` is called; `undefined` when that is no window to follow. */
  readonly follow: (onEnd: () => void) => Promise<Disposable | undefined>;
  /** Takes the port when nobody has it; whether that went well. */
  readonly claim: () => Promise<boolean>;
  readonly onDidChange: (state: SharedPortState) => void;
  readonly onError: (error: unknown) => void;
  readonly clock: Clock;
}

/** How long it waits before each attempt. After the last one has failed, too, the port is lost. */
export const attemptDelaysMs: readonly number[] = [0, 200, 500, 1000, 2000, 4000, 8000, 15_000, 30_000];

/**
 * Follows who has a port, and takes it over when nobody has it any more, so that what is sent there is never lost for long. Never gives
 * a port back: two windows would pass it to and fro.
 */
export class SharedPort implements Disposable {
  readonly #options: SharedPortOptions;
  #state: SharedPortState = 'searching';
  #following: Disposable | undefined;
  #timer: Disposable | undefined;
  #isDisposed = false;

  constructor(options: SharedPortOptions) {
    this.#options = options;
  }

  get state(): SharedPortState {
    return this.#state;
  }

  /** Begins with the window that has the port. */
  start(): void {
    this.#attempt(0);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#timer?.dispose();
    this.#following?.dispose();
  }

  #attempt(index: number): void {
    const delayMs = attemptDelaysMs[index];
    if (delayMs === undefined) {
      this.#change('lost');
      return;
    }
    this.#timer = this.#options.clock.setTimeout(() => {
      this.#try()
        .catch((error: unknown) => {
          this.#options.onError(error);
          return false;
        })
        .then((isSettled) => {
          if (!isSettled && !this.#isDisposed) this.#attempt(index + 1);
        });
    }, delayMs);
  }

  /** A claim that fails tells that somebody is there, who is followed then. */
  async #try(): Promise<boolean> {
    const { claim, follow } = this.#options;
    if (await claim()) {
      this.#change('holding');
      return true;
    }
    if (this.#isDisposed) return true;
    const following = await follow(() => {
      this.#following = undefined;
      this.#change('searching');
      if (!this.#isDisposed) this.#attempt(0);
    });
    if (!following) return false;
    if (this.#isDisposed) {
      following.dispose();
      return true;
    }
    this.#following = following;
    this.#change('following');
    return true;
  }

  #change(state: SharedPortState): void {
    if (this.#isDisposed || this.#state === state) return;
    this.#state = state;
    this.#options.onDidChange(state);
  }
}
