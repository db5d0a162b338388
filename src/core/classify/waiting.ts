import type { AttributeValue, SpanEvent } from '../trace/span';

/** vLLM's own account of how long a request waited, in seconds (vllm/tracing, `llm_request`). */
export const queueTimeKey = 'gen_ai.latency.time_in_queue';

/** The attribute of Triton's spans of a model, whose events say when they began to wait. */
export const tritonKey = 'triton.model_name';

/** How long a span waited by its own account, in microseconds: its attribute `gen_ai.latency.time_in_queue`. */
export function queuedUs(value: AttributeValue | undefined): number {
  const seconds = Number(value ?? 0);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000_000 : 0;
}

/** When a span of Triton began to wait for its `compute` span, by its event. */
export function waitsFromUs(events: readonly Pick<SpanEvent, 'name' | 'timeUs'>[]): number | undefined {
  return events.find(({ name }) => name === 'QUEUE_START')?.timeUs;
}
