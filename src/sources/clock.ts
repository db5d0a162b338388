import type { Disposable } from '../core/event';

/** Time as the sources see it: tests bring their own. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  nowMs(): number;
  /** Calls back once after a delay; disposing the answer before that cancels it. */
  setTimeout(callback: () => void, delayMs: number): Disposable;
}

/** The clock on the wall. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  setTimeout(callback, delayMs) {
    const timer = setTimeout(callback, delayMs);
    return { dispose: () => clearTimeout(timer) };
  },
};
