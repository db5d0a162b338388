/** A moment by two clocks, in milliseconds: that on the wall, and one that goes on evenly. */
export interface Tick {
  readonly wallMs: number;
  readonly evenMs: number;
}

/** A difference that is no more than the jitter of clocks that are corrected. */
const toleranceMs = 2000;

/**
 * How much time between two ticks does not count, in milliseconds: what the clock on the wall jumped, to either side, against the even one,
 * and all that a tick came later than it could by a busy program, as after a computer slept whose even clock slept not. 0 mostly.
 */
export function skippedMs(before: Tick, now: Tick, expectedMs: number): number {
  const wallMs = now.wallMs - before.wallMs;
  const evenMs = now.evenMs - before.evenMs;
  const lateMs = evenMs - expectedMs;
  const isAsleep = lateMs > Math.max(30_000, expectedMs);
  const realMs = isAsleep ? expectedMs : evenMs;
  const skipped = wallMs - realMs;
  return Math.abs(skipped) > toleranceMs ? skipped : 0;
}
