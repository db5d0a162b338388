const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const steps: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * second),
  ...[1, 2, 5, 10, 15, 20, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour),
  ...[1, 2, 7, 14, 28].map((n) => n * day),
];

/** Places on a time axis that are whole in local time, at most `maxCount` of them, and the step between them. */
export function timeTicks(
  fromMs: number,
  toMs: number,
  maxCount: number,
  localOffsetMs: (timeMs: number) => number = browserOffsetMs,
): { readonly stepMs: number; readonly timesMs: readonly number[] } {
  const stepMs = steps.find((step) => (toMs - fromMs) / step <= Math.max(1, maxCount)) ?? 56 * day;
  const offsetMs = localOffsetMs(toMs);
  const timesMs: number[] = [];
  for (
    let local = Math.ceil((fromMs + offsetMs) / stepMs) * stepMs;
    local - offsetMs <= toMs;
    local += stepMs
  ) {
    timesMs.push(local - offsetMs);
  }
  return { stepMs, timesMs };
}

/** How far local time is ahead of UTC. */
export function browserOffsetMs(timeMs: number): number {
  return -new Date(timeMs).getTimezoneOffset() * minute;
}

/** What stands at a tick: seconds when the step needs them, the day at midnight. */
export function tickKind(
  timeMs: number,
  stepMs: number,
  localOffsetMs: (timeMs: number) => number = browserOffsetMs,
): 'second' | 'minute' | 'day' {
  if ((timeMs + localOffsetMs(timeMs)) % day === 0) return 'day';
  return stepMs < minute ? 'second' : 'minute';
}
