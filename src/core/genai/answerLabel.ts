import type { AttributeValue, SpanEvent } from '../trace/span';
import { isAnswerEvent } from './answerEvent';
import type { AnswerFacts } from './answerFacts';
import { evaluationsOf } from './evaluations';
import { finishReason } from './finishReason';
import { messageText } from './messageText';

/** Attributes with what was answered: today's first, then older ones and OpenLLMetry's, then OpenInference's. */
const textKeys: readonly string[] = [
  'gen_ai.output.messages',
  'gen_ai.completion',
  'gen_ai.completion.0.content',
  'llm.output_messages.0.message.content',
  'llm.output_messages.0.message.contents.0.message_content.text',
  'output.value',
];
const eventKeys = ['gen_ai.output.messages', 'gen_ai.completion', 'message', 'content'];

/**
 * What a call of a language model predicted: the text of its answer, where it was recorded; else the label of its evaluation; else why it
 * ended. Uncut; of long messages their beginning. `undefined` when nothing is known.
 */
export function answerLabel(facts: AnswerFacts): string | undefined {
  return answerText(facts) ?? evaluationLabel(facts) ?? finishReason(facts);
}

function answerText(facts: AnswerFacts): string | undefined {
  for (const key of textKeys) {
    const text = textOf(facts.attribute(key));
    if (text !== undefined) return text;
  }
  for (const event of facts.events) {
    const text = isAnswerEvent(event) ? textOfEvent(event) : undefined;
    if (text !== undefined) return text;
  }
  return undefined;
}

function textOfEvent({ attributes }: SpanEvent): string | undefined {
  for (const key of eventKeys) {
    const text = textOf(attributes.get(key));
    if (text !== undefined) return text;
  }
  return undefined;
}

function textOf(value: AttributeValue | undefined): string | undefined {
  return value === undefined ? undefined : messageText(String(value));
}

function evaluationLabel(facts: AnswerFacts): string | undefined {
  return evaluationsOf(facts).find(({ label }) => label !== undefined)?.label;
}
