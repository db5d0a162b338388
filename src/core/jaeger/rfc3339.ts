const usPerDay = 86_400_000_000;

/**
 * A time in microseconds since the Unix epoch as RFC 3339 text in UTC, with microseconds.
 * Written out because core has no `Date`; the calendar is Howard Hinnant's `civil_from_days`
 * (https://howardhinnant.github.io/date_algorithms.html).
 */
export function rfc3339(timeUs: number): string {
  const us = Math.max(0, Math.round(timeUs));
  const { year, month, day } = civilFromDays(Math.floor(us / usPerDay));
  const inDay = us % usPerDay;
  const seconds = Math.floor(inDay / 1_000_000);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const time = clock.map((part) => pad(part, 2)).join(':');
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}T${time}.${pad(inDay % 1_000_000, 6)}Z`;
}

function civilFromDays(daysSinceEpoch: number): { year: number; month: number; day: number } {
  const days = daysSinceEpoch + 719_468;
  const era = Math.floor(days / 146_097);
  const dayOfEra = days - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return { year, month, day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1 };
}

function pad(number: number, digits: number): string {
  return String(number).padStart(digits, '0');
}
