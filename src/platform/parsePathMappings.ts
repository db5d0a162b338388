import { asObject, asString, own } from '../core/decode/jsonValue';
import type { PathMapping } from '../core/mapping/pathMapping';
import type { SettingProblem } from './settings';

/** Reads `whyspan.pathMappings`; entries that lead nowhere are left out, and named. */
export function parsePathMappings(value: unknown, problems: SettingProblem[]): readonly PathMapping[] {
  const reject = (at: string, message: string) =>
    problems.push({ key: `whyspan.pathMappings${at}`, message });
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    reject('', 'is not a list');
    return [];
  }
  return value.flatMap((item: unknown, i): readonly PathMapping[] => {
    const fields = asObject(item) ?? {};
    const [from, to] = ['from', 'to'].map((key) => asString(own(fields, key))?.trim());
    if (from && to) return [{ from, to }];
    reject(`[${i}]`, 'needs a “from” and a “to”');
    return [];
  });
}
