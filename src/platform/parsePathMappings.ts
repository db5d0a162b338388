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
    const { from, to } = typeof item === 'object' && item !== null ? fieldsOf(item) : {};
    if (typeof from === 'string' && typeof to === 'string' && from.trim() !== '' && to.trim() !== '')
      return [{ from: from.trim(), to: to.trim() }];
    reject(`[${i}]`, 'needs a “from” and a “to”');
    return [];
  });
}

function fieldsOf(item: object): { readonly from?: unknown; readonly to?: unknown } {
  return item;
}
