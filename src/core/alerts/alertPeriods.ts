import type { AlertStateName } from './alertState';

/** A time during which an alert was in one state. */
export interface AlertPeriod {
  readonly state: AlertStateName;
  /** Microseconds since the Unix epoch. */
  readonly fromUs: number;
  /** `undefined` while it lasts. */
  readonly toUs: number | undefined;
}

/** Periods after a state was entered at `nowUs`: the last one ends, a new one begins. Keeps the newest `maxPeriods`. */
export function enterPeriod(
  periods: readonly AlertPeriod[],
  state: AlertStateName,
  nowUs: number,
  maxPeriods = 500,
): readonly AlertPeriod[] {
  const last = periods.at(-1);
  if (last?.state === state) return periods;
  const closed = last ? [...periods.slice(0, -1), { ...last, toUs: nowUs }] : [];
  return [...closed, { state, fromUs: nowUs, toUs: undefined }].slice(-maxPeriods);
}
