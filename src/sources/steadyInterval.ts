import { performance } from 'node:perf_hooks';
import type { Disposable } from '../core/event';
import { type Clock, systemClock } from './clock';

/** Goes on evenly when the clock on the wall is set. */
const evenClock: Clock = { ...systemClock, nowMs: () => performance.now() };

/**
 * Calls again and again, each time counted from the beginning: setInterval counts from when it called last, and every time that it was
 * late stays. A time that was missed altogether is left out.
 */
export function steadyInterval(intervalMs: number, run: () => void, clock: Clock = evenClock): Disposable {
  const beginMs = clock.nowMs();
  let timer: Disposable | undefined;
  const schedule = () => {
    const elapsedMs = clock.nowMs() - beginMs;
    // Timers may be early by less than a millisecond.
    const next = Math.floor((elapsedMs + 1) / intervalMs) + 1;
    timer = clock.setTimeout(call, next * intervalMs - elapsedMs);
  };
  const call = () => {
    schedule();
    run();
  };
  schedule();
  return { dispose: () => timer?.dispose() };
}
