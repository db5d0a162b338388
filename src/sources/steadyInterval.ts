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
  let time = 0;
  const schedule = () => {
    const elapsedMs = clock.nowMs() - beginMs;
    // Timers may be early by a millisecond or two: then the next time is not the one that has just come.
    time = Math.max(time, Math.floor(elapsedMs / intervalMs)) + 1;
    timer = clock.setTimeout(call, time * intervalMs - elapsedMs);
  };
  const call = () => {
    schedule();
    run();
  };
  schedule();
  return { dispose: () => timer?.dispose() };
}
