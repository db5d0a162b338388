import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider, type SpanExporter } from '@opentelemetry/sdk-trace-node';
import type { ProblemCount } from '../../src/core/decode/problemCount';
import type { Trace } from '../../src/core/trace/trace';
import type { StepResult } from '../../tools/bootstrap/stepResult.mjs';

const execute = promisify(execFile);

/** Where the programs for Python are. */
export const pythonFolder = path.resolve(__dirname, '../fixtures/exporters/python');

/** What a tool gives; without it the test is skipped by name, but in CI, where all of them have to be there, it fails. */
export function need<T extends object>(context: Mocha.Context, found: StepResult<T>): T {
  if (found.ok) return found;
  const reason = `${found.missing}: ${found.hint}`;
  if (process.env.CI === 'true') throw new Error(reason);
  console.log(`    skipped, ${reason}`);
  context.skip();
}

/** What a receiver took. */
export interface Taken {
  readonly traces: Trace[];
  readonly problems: ProblemCount[];
}

/** Runs a program that sends the two spans to an endpoint and prints the trace's id. */
export async function runExporter(
  endpoint: string,
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const given = { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, ...env };
  const { stdout } = await execute(program, args, { env: given, timeout: 60_000 });
  return stdout.trim();
}

/** Holds that the two spans have arrived, with all that was set. */
export function assertArrived({ traces, problems }: Taken, traceId: string, service: string): void {
  const spans = traces.filter((trace) => trace.traceId === traceId).flatMap((trace) => trace.spans);
  const parent = spans.find(({ name }) => name === 'ai_inference_pipeline');
  const child = spans.find(({ name }) => name === 'fetch');
  assert.ok(parent && child, `${spans.length} spans of ${traceId}`);
  assert.deepEqual(
    [parent.service, child.parentSpanId, parent.parentSpanId],
    [service, parent.spanId, undefined],
  );
  assert.deepEqual(
    ['storage_latency_ms', 'model_prediction', 'batch', 'cached', 'labels'].map((key) =>
      parent.attributes.get(key),
    ),
    [12.5, 'cat é', 42, true, '["a","b"]'],
  );
  assert.deepEqual([child.status, child.statusMessage], ['error', 'slow']);
  assert.deepEqual(
    child.events.map(({ name }) => name),
    ['retry', 'exception'],
  );
  assert.ok(Math.abs(parent.startTimeUs / 1000 - Date.now()) < 300_000 && parent.durationUs > 0);
  assert.deepEqual(problems, []);
}

/** Sends the two spans with an exporter of JavaScript’s; resolves with the trace’s id. */
export async function sendFromJavaScript(exporter: SpanExporter, service: string): Promise<string> {
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  const tracer = provider.getTracer('whyspan');
  const parent = tracer.startSpan('ai_inference_pipeline', {
    attributes: {
      storage_latency_ms: 12.5,
      model_prediction: 'cat é',
      batch: 42,
      cached: true,
      labels: ['a', 'b'],
    },
  });
  const child = tracer.startSpan('fetch', {}, trace.setSpan(ROOT_CONTEXT, parent));
  child.addEvent('retry');
  child.recordException(new Error('slow'));
  child.setStatus({ code: SpanStatusCode.ERROR, message: 'slow' });
  child.end();
  parent.end();
  await provider.shutdown();
  return parent.spanContext().traceId;
}
