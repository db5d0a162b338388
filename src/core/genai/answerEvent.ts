import type { SpanEvent } from '../trace/span';

/** Whether an event has what a language model answered: OpenTelemetry's, of today and of before. */
export function isAnswerEvent({ name }: Pick<SpanEvent, 'name'>): boolean {
  return /^gen_ai\.(choice|content\.completion|client\.inference\.operation\.details)$/.test(name);
}
