import type { AttributeValue, SpanEvent } from '../trace/span';

/** What is read of a call of a language model. */
export interface AnswerFacts {
  attribute(key: string): AttributeValue | undefined;
  readonly events: readonly SpanEvent[];
}
