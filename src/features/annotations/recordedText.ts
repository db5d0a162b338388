import { formatNumber } from '../../core/duration';
import type { SiteSample } from '../../core/store/siteSummary';
import { readNumber } from '../../core/trace/inference';
import { labelText, type Translate } from './text';

/** What spans recorded of an attribute, for a debugger's line: the last value and, of numbers, the average. Empty when they recorded none. */
export function recordedText(key: string, newest: readonly SiteSample[], t: Translate): string {
  const values = newest.flatMap(({ span }) => span.attributes.get(key) ?? []);
  const [last] = values;
  if (last === undefined) return '';
  const shown = typeof last === 'number' ? formatNumber(last) : labelText(String(last), 40);
  const numbers = values.flatMap((value) => readNumber(value) ?? []);
  if (numbers.length < values.length || numbers.length < 2) return t('recorded: {0}', shown);
  const average = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  return t('recorded: {0}, avg {1} of {2}', shown, formatNumber(average), String(numbers.length));
}
