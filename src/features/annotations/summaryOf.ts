import type { SiteSummary } from '../../core/store/siteSummary';
import type { Deps } from '../../platform/deps';
import type { LineSites } from './lineSites';

/** What is known now of what a line stands for, where it is from. */
export function summaryOf(
  { keys, fileName }: Pick<LineSites, 'keys' | 'fileName'>,
  { store, opened }: Pick<Deps, 'store' | 'opened'>,
): SiteSummary {
  const file = fileName === undefined ? undefined : opened.files.find(({ name }) => name === fileName);
  return (file?.store ?? store).summary(keys);
}
