import { type DecodedRules, decodeRules } from '../../../../src/core/alerts/decodeRules';
import type { Rule } from '../../../../src/core/alerts/rule';

/** A rule of what is written in the settings; one above 300 where nothing else is said. */
export function ruleOf(entry: Readonly<Record<string, unknown>> = {}): Rule {
  const written = { name: 'Rule', evaluator: { type: 'gt', params: [300] }, ...entry };
  const { rules, problems }: DecodedRules = decodeRules([written], {
    latencyAttribute: 'storage_latency_ms',
  });
  const [rule] = rules;
  if (!rule) throw new Error(problems.join(' '));
  return rule;
}
