import { setImmediate } from 'node:timers/promises';

/** Beside it the garbage collector may need some. */
const longestMs = 2;

/** Lets the editor have its turn when work has gone on for some milliseconds: to be awaited between two steps. */
export class Sliced {
  #startMs = performance.now();

  async pause(): Promise<void> {
    if (performance.now() - this.#startMs < longestMs) return;
    await setImmediate();
    this.#startMs = performance.now();
  }
}
