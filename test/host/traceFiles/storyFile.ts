import { writeFile } from 'node:fs/promises';

/** An inference of a story in a file. */
export interface StoryInference {
  /** Two digits, which the ids are made of. */
  readonly id: string;
  readonly latencyMs: number;
  /** No attribute says the latency, only the span below. */
  readonly isDerived?: boolean;
  readonly prediction: string;
  /** Default: a week before 2026-03-08. */
  readonly endMs?: number;
}

const weekAgoMs = Date.UTC(2026, 2, 1, 12);

/** The trace id of an inference of a story. */
export function storyTraceId(id: string): string {
  return id.repeat(16);
}

/** A trace as Jaeger UI saves it: an inference with a span below it. */
export function storyTrace({
  id,
  latencyMs,
  isDerived = false,
  prediction,
  endMs = weekAgoMs,
}: StoryInference): object {
  const traceID = storyTraceId(id);
  const root = id.repeat(8);
  const span = (spanID: string, operationName: string, more: object) => ({
    traceID,
    spanID,
    operationName,
    references: [],
    startTime: (endMs - 500) * 1000,
    duration: 500_000,
    tags: [],
    logs: [],
    processID: 'p1',
    warnings: null,
    ...more,
  });
  const tags = [
    ...(isDerived ? [] : [{ key: 'storage_latency_ms', type: 'float64', value: latencyMs }]),
    { key: 'model_prediction', type: 'string', value: prediction },
  ];
  const references = [{ refType: 'CHILD_OF', traceID, spanID: root }];
  return {
    traceID,
    spans: [
      span(root, 'ai_inference_pipeline', { tags }),
      span(`${id.repeat(7)}99`, 'read_features', { references, duration: latencyMs * 1000 }),
    ],
    processes: { p1: { serviceName: 'checkout', tags: [{ key: 'host.name', type: 'string', value: 'a' }] } },
    warnings: null,
  };
}

/** Writes a file of traces as Jaeger UI saves them. */
export async function writeStory(path: string, traces: readonly unknown[]): Promise<void> {
  await writeFile(path, JSON.stringify({ data: traces, total: 0, limit: 0, offset: 0, errors: null }));
}
