import type { AttributeValue } from '../trace/span';

/** Attributes that make a span a call of a language model: by key, with the values that do so (in lower case); none: any value. */
const marks: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['gen_ai.operation.name', new Set(['chat', 'text_completion', 'generate_content'])],
  ['openinference.span.kind', new Set(['llm'])],
  ['llm.request.type', new Set(['chat', 'completion'])],
  ['gen_ai.latency.e2e', new Set()],
]);

/** The keys of these attributes. */
export const modelCallKeys: readonly string[] = [...marks.keys()];

/**
 * Whether an attribute says that its span is one answer of a language model: OpenTelemetry's `gen_ai.operation.name`, OpenInference's kind,
 * OpenLLMetry's request type, vLLM's own span. Embeddings, agents, tools and chains are none.
 */
export function marksModelCall(key: string, value: AttributeValue): boolean {
  const values = marks.get(key);
  return values !== undefined && (values.size === 0 || values.has(String(value).slice(0, 64).toLowerCase()));
}

/** What the operations of such spans are called by the conventions: `chat gpt-4o`; vLLM's is `llm_request`. */
export function isModelCallName(operation: string): boolean {
  return /^(chat|text_completion|generate_content)( \S|$)/.test(operation) || operation === 'llm_request';
}
