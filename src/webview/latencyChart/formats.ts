/** Numbers and times as the user's language writes them, in the window's time zone, on a clock of 24 hours. */
export interface Formats {
  number(value: number): string;
  /** `12:03` */
  minute(timeMs: number): string;
  /** `12:03:05` */
  second(timeMs: number): string;
  /** `Oct 3` */
  day(timeMs: number): string;
  /** `12:03`, or `Oct 3, 12:03` when that is not the day of `nowMs`. */
  moment(timeMs: number, nowMs: number): string;
  /** As `moment`, to the second. */
  exactMoment(timeMs: number, nowMs: number): string;
}

/** Formats of a language, by its BCP 47 tag. A tag that the browser does not understand means the browser's own language. */
export function makeFormats(language: string, timeZone?: string): Formats {
  const locale = isLocale(language) ? language : undefined;
  const zone = timeZone === undefined ? {} : { timeZone };
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...zone } as const;
  const minutes = new Intl.DateTimeFormat(locale, time);
  const seconds = new Intl.DateTimeFormat(locale, { ...time, second: '2-digit' });
  const days = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', ...zone });
  const numbers = [0, 1, 2].map((digits) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }));
  const withDay = (text: string, timeMs: number, nowMs: number) =>
    days.format(timeMs) === days.format(nowMs) ? text : `${days.format(timeMs)}, ${text}`;
  return {
    number: (value) => {
      const size = Math.abs(value);
      return numbers[size >= 100 || size === 0 ? 0 : size >= 10 ? 1 : 2]?.format(value) ?? String(value);
    },
    minute: (timeMs) => minutes.format(timeMs),
    second: (timeMs) => seconds.format(timeMs),
    day: (timeMs) => days.format(timeMs),
    moment: (timeMs, nowMs) => withDay(minutes.format(timeMs), timeMs, nowMs),
    exactMoment: (timeMs, nowMs) => withDay(seconds.format(timeMs), timeMs, nowMs),
  };
}

function isLocale(language: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(language).length > 0;
  } catch {
    return false;
  }
}
