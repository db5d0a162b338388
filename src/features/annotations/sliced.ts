import { setImmediate } from 'node:timers/promises';

const longestMs = 4;

/** Lets the editor have its turn when work has gone on for some milliseconds: to be awaited between two steps. */
export class Sliced {
  #startMs = performance.now();

  async pause(): Promise<void> {
    if (performance.now() - this.#startMs < longestMs) return;
    await setImmediate();
    this.#startMs = performance.now();
  }
}
