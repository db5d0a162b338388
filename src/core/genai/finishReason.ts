import { isAnswerEvent } from './answerEvent';
import type { AnswerFacts } from './answerFacts';

const finishKeys = [
  'gen_ai.response.finish_reasons',
  'gen_ai.completion.0.finish_reason',
  'llm.finish_reason',
];

/** Why the answer ended: `stop`, `length`, `tool_calls`. */
export function finishReason(facts: AnswerFacts): string | undefined {
  const [value] = finishKeys.flatMap((key) => facts.attribute(key) ?? []);
  const ofEvent = facts.events.find(isAnswerEvent)?.attributes.get('finish_reason');
  const reason = value ?? ofEvent;
  if (reason === undefined) return undefined;
  // An array, as JSON.
  const reasons = [
    ...String(reason)
      .slice(0, 256)
      .matchAll(/"([^"]*)"/g),
  ].map(([, each]) => each ?? '');
  return [...new Set(reasons.length > 0 ? reasons : [String(reason)])].join(', ') || undefined;
}
