import type { AnswerFacts } from './answerFacts';

/** Tokens that a call of a language model took and gave; `undefined` for what is not known. */
export interface TokenUsage {
  readonly input: number | undefined;
  readonly output: number | undefined;
}

// Today's name first; prompt and completion until OpenTelemetry's conventions 1.27, and vLLM's still; then OpenInference's.
const inputKeys = ['gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens', 'llm.token_count.prompt'];
const outputKeys = [
  'gen_ai.usage.output_tokens',
  'gen_ai.usage.completion_tokens',
  'llm.token_count.completion',
];

/** The tokens of a call; `undefined` when neither number is known. */
export function tokenUsage(facts: Pick<AnswerFacts, 'attribute'>): TokenUsage | undefined {
  const [input, output] = [inputKeys, outputKeys].map((keys) => countOf(facts, keys));
  return input === undefined && output === undefined ? undefined : { input, output };
}

function countOf(facts: Pick<AnswerFacts, 'attribute'>, keys: readonly string[]): number | undefined {
  for (const key of keys) {
    const count = Number(facts.attribute(key) ?? Number.NaN);
    if (Number.isInteger(count) && count >= 0) return count;
  }
  return undefined;
}
