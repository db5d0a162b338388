import type { LocatedBy } from '../../core/mapping/locatedBy';
import type { Translate } from './text';

/** Says how a place in the code was found. */
export function foundBy(by: LocatedBy, isChosen: boolean, t: Translate): string {
  const words: Record<LocatedBy, string> = {
    'code attributes': t('found by code attributes'),
    'old code attributes': t('found by code attributes with their old names'),
    'stack frame': t('found by the stack of an exception'),
    'span name': t('found by the name of the span'),
    'library call': t('found by the call of a library'),
    'function name': t('found by the name of the function'),
  };
  return isChosen ? t('{0}, chosen by you', words[by]) : words[by];
}

/** The same of several sites: each way once. */
export function allFoundBy(
  located: readonly { readonly by: LocatedBy; readonly isChosen?: boolean }[],
  t: Translate,
): string {
  return [...new Set(located.map(({ by, isChosen }) => foundBy(by, isChosen === true, t)))].join(', ');
}
