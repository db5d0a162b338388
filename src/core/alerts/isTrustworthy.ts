import { lookBackUs, type Rule } from './rule';
import type { RuleOutcome } from './ruleRun';

/** How long a source may take to be reached again after a computer slept. */
const settleUs = 60_000_000;

/**
 * Whether an outcome says something after time was skipped, at `resumedUs`: the windows reach back into a time when nothing could come.
 * That nothing came is no evidence then, nor are counts, nor that a source does not answer at once; values that came are.
 */
export function isTrustworthy(
  rule: Rule,
  outcome: RuleOutcome,
  {
    resumedUs,
    nowUs,
    graceUs,
  }: { readonly resumedUs: number; readonly nowUs: number; readonly graceUs: number },
): boolean {
  const sinceUs = nowUs - resumedUs;
  if (outcome.kind === 'error') return sinceUs >= settleUs;
  const hasNothing = outcome.groups.every(({ worst }) => worst === undefined);
  const counts = rule.conditions.some(
    ({ reducer, evaluator }) => reducer === 'count' || reducer === 'sum' || evaluator.type === 'no_value',
  );
  return (!hasNothing && !counts) || sinceUs >= lookBackUs(rule) + graceUs;
}
