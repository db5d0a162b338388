import type { ClassifyMatch, ClassifyRule } from '../core/classify/classifyRule';
import { spanClasses } from '../core/classify/spanClass';
import { asObject, own } from '../core/decode/jsonValue';
import { spanKinds } from '../core/trace/span';
import type { SettingProblem } from './settings';

const key = 'whyspan.classify';
/** Each rule is asked of each span. */
const mostRules = 100;
const matchKeys = ['name', 'service', 'kind', 'attribute', 'value'];

/** The rules of the setting `whyspan.classify`; those that cannot be used are left out and named. */
export function parseClassifyRules(value: unknown, problems: SettingProblem[]): readonly ClassifyRule[] {
  const reject = (message: string) => problems.push({ key, message });
  const items: unknown = value ?? [];
  if (!Array.isArray(items)) {
    reject('is not a list');
    return [];
  }
  if (items.length > mostRules) reject(`has more than ${mostRules} rules; the rest is left out`);
  return items.slice(0, mostRules).flatMap((item, index) => {
    const rule = asObject(item) ?? {};
    const as = spanClasses.find((known) => known === own(rule, 'as'));
    const match = parseMatch(own(rule, 'match'));
    if (as && typeof match === 'object') return [{ match, as }];
    const why = typeof match === 'object' ? `“as” is not one of ${spanClasses.join(', ')}` : match;
    reject(`rule ${index + 1}: ${why}`);
    return [];
  });
}

/** What to match, or why that cannot be. */
function parseMatch(value: unknown): ClassifyMatch | string {
  const match = Object.entries(asObject(value) ?? {});
  const bad = match.find(([name, text]) => !matchKeys.includes(name) || typeof text !== 'string' || !text);
  const { kind: kindText, ...others } = Object.fromEntries(match.map(([name, text]) => [name, String(text)]));
  const kind = spanKinds.find((known) => known === kindText);
  if (match.length === 0 || bad)
    return `“match” needs texts by ${matchKeys.join(', ')}${bad ? `, not “${bad[0]}”` : ''}`;
  if (kindText && !kind) return `“kind” is not one of ${spanKinds.join(', ')}`;
  if ('value' in others && !('attribute' in others))
    return '“value” is that of an “attribute”, which is missing';
  return { ...others, ...(kind && { kind }) };
}
