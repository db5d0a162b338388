const units: readonly (readonly [string, number])[] = [
  ['h', 3_600_000_000],
  ['m', 60_000_000],
  ['s', 1_000_000],
  ['ms', 1000],
  ['µs', 1],
];

/** A duration such as `5m`, `1h 30m`, `20s` or `500ms` in microseconds; `undefined` when it is none, or less than half a microsecond. */
export function parseDuration(text: string): number | undefined {
  let rest = text.trim();
  let us = 0;
  if (rest === '') return undefined;
  while (rest !== '') {
    const match = /^(\d+(?:\.\d+)?)(ms|µs|s|m|h)\s*/.exec(rest);
    const factor = units.find(([unit]) => unit === match?.[2])?.[1];
    if (!match || factor === undefined) return undefined;
    us += Number(match[1]) * factor;
    rest = rest.slice(match[0].length);
  }
  const rounded = Math.round(us);
  return rounded > 0 && Number.isFinite(rounded) ? rounded : undefined;
}

/** A duration for reading, in its two largest units: `1h 30m`, `5m`, `20s`, `12.3ms`, `450µs`. */
export function formatDuration(us: number): string {
  // The limits are those at which rounding would give a whole one of the next unit.
  if (us < 999.5) return `${Math.round(us)}µs`;
  if (us < 999_500) return `${formatNumber(us / 1000)}ms`;
  if (us < 59_950_000) return `${formatNumber(us / 1_000_000)}s`;
  if (us < 3_599_500_000) return formatPair(Math.round(us / 1_000_000), ['m', 's']);
  return formatPair(Math.round(us / 60_000_000), ['h', 'm']);
}

function formatPair(smaller: number, [largeUnit, smallUnit]: readonly [string, string]): string {
  const large = `${Math.floor(smaller / 60)}${largeUnit}`;
  return smaller % 60 === 0 ? large : `${large} ${smaller % 60}${smallUnit}`;
}

/** A number with three significant digits, and never fewer digits than its whole part has. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  return String(size >= 100 ? Math.round(value) : Number(value.toPrecision(3)));
}

/** A measured time for reading, with a space before its unit: `450 µs`, `12.3 ms`, `1.25 s`; minutes and more as formatDuration. */
export function formatElapsed(us: number): string {
  return us < 60_000_000 ? formatDuration(us).replace(/(?<=\d)(?=[µm]?s$)/, ' ') : formatDuration(us);
}
