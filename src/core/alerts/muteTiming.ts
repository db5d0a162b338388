/** The days of a week, as `Date` counts them. */
export const weekdays = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const;

/** A day of the week. */
export type Weekday = (typeof weekdays)[number];

/** When notifications of a rule are held back, by the clock on the wall. */
export interface MuteTiming {
  /** Empty: each day. */
  readonly weekdays: readonly Weekday[];
  /** Minutes of the day, from the first on and before the last; a last that is not after the first is on the next day. */
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** A moment as the clock on the wall has it. */
export interface WallTime {
  readonly weekday: Weekday;
  readonly minute: number;
}

/** Whether one of the timings holds at a moment. What goes over midnight belongs to the day on which it began. */
export function isMutedAt(timings: readonly MuteTiming[], { weekday, minute }: WallTime): boolean {
  const yesterday = weekdays[(weekdays.indexOf(weekday) + 6) % 7] ?? weekday;
  return timings.some((timing) => {
    const holdsOn = (day: Weekday) => timing.weekdays.length === 0 || timing.weekdays.includes(day);
    if (timing.fromMinute < timing.toMinute)
      return holdsOn(weekday) && minute >= timing.fromMinute && minute < timing.toMinute;
    return (
      (holdsOn(weekday) && minute >= timing.fromMinute) || (holdsOn(yesterday) && minute < timing.toMinute)
    );
  });
}
