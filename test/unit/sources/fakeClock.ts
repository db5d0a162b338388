import type { Clock } from '../../../src/sources/clock';

interface Timer {
  readonly dueMs: number;
  readonly callback: () => void;
}

/** A clock that stands still until it is advanced. */
export class FakeClock implements Clock {
  readonly timers = new Set<Timer>();
  #nowMs = 1_700_000_000_000;

  nowMs(): number {
    return this.#nowMs;
  }

  setTimeout(callback: () => void, delayMs: number) {
    const timer = { dueMs: this.#nowMs + delayMs, callback };
    this.timers.add(timer);
    return { dispose: () => void this.timers.delete(timer) };
  }

  /** How long until the next timer, in ms. */
  get nextMs(): number | undefined {
    const due = [...this.timers].map(({ dueMs }) => dueMs - this.#nowMs);
    return due.length === 0 ? undefined : Math.min(...due);
  }

  /** Lets time pass and fires what is due, in order; promises settle in between. */
  async advance(ms: number): Promise<void> {
    const end = this.#nowMs + ms;
    for (;;) {
      await settle();
      const next = [...this.timers].sort((a, b) => a.dueMs - b.dueMs)[0];
      if (!next || next.dueMs > end) break;
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      this.timers.delete(next);
      next.callback();
    }
    this.#nowMs = end;
    await settle();
  }
}

export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
