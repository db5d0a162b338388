import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Clock } from '../../../src/sources/clock';
import { steadyInterval } from '../../../src/sources/steadyInterval';

/** A clock whose timers come as late, or as early, as they are let come. */
class UnpunctualClock implements Clock {
  #nowMs = 1000.25;
  #due: { readonly atMs: number; readonly callback: () => void } | undefined;

  nowMs(): number {
    return this.#nowMs;
  }

  setTimeout(callback: () => void, delayMs: number) {
    const due = { atMs: this.#nowMs + delayMs, callback };
    this.#due = due;
    return {
      dispose: () => {
        if (this.#due === due) this.#due = undefined;
      },
    };
  }

  /** Lets the timer come so much late; when it was due, counted from the beginning. */
  come(lateMs: number): number | undefined {
    const due = this.#due;
    if (!due) return undefined;
    this.#due = undefined;
    this.#nowMs = due.atMs + lateMs;
    due.callback();
    return due.atMs - 1000.25;
  }
}

describe('steadyInterval', () => {
  it('is not later the more often it was late, and does not call twice for being early', () => {
    const clock = new UnpunctualClock();
    let calls = 0;
    steadyInterval(100, () => calls++, clock);
    const due = [30, 99.9, 0.5, -1.9, 70, 0].map((lateMs) => clock.come(lateMs));
    assert.deepEqual(due, [100, 200, 300, 400, 500, 600]);
    assert.equal(calls, 6);
  });

  it('leaves out what was missed', () => {
    const clock = new UnpunctualClock();
    steadyInterval(100, () => undefined, clock);
    assert.deepEqual(
      [0, 350, 0].map((lateMs) => clock.come(lateMs)),
      [100, 200, 600],
    );
  });

  it('calls no more when it is disposed, also by what it calls', () => {
    const clock = new UnpunctualClock();
    let calls = 0;
    const interval = steadyInterval(
      100,
      () => {
        calls++;
        interval.dispose();
      },
      clock,
    );
    assert.deepEqual([clock.come(0), clock.come(0), calls], [100, undefined, 1]);
  });

  it('calls by the real clock', async () => {
    await new Promise<void>((resolve) => {
      const interval = steadyInterval(5, () => {
        interval.dispose();
        resolve();
      });
    });
  });
});
