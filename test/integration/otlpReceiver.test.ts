import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider, type SpanExporter } from '@opentelemetry/sdk-trace-node';
import type { DecodeProblem } from '../../src/core/decode/decodeProblem';
import type { Trace } from '../../src/core/trace/trace';
import { OtlpReceiver } from '../../src/sources/otlpReceiver/otlpReceiver';
import { ensurePythonEnv } from '../../tools/bootstrap/python.mjs';
import type { StepResult } from '../../tools/bootstrap/stepResult.mjs';
import { ensureInferenceEnv } from '../../tools/inference/inferenceEnv.mjs';
import { ensureGoExporter } from './otlpReceiverGo';

const run = promisify(execFile);
const pythonFolder = path.resolve(__dirname, '../fixtures/exporters/python');

/** What a tool gives; without it the test is skipped by name, but in CI, where all of them have to be there, it fails. */
function need<T extends object>(context: Mocha.Context, found: StepResult<T>): T {
  if (found.ok) return found;
  const reason = `${found.missing}: ${found.hint}`;
  if (process.env.CI === 'true') throw new Error(reason);
  console.log(`    skipped, ${reason}`);
  context.skip();
}

describe('OtlpReceiver and real exporters', function () {
  this.timeout(300_000);
  const traces: Trace[] = [];
  const problems: DecodeProblem[] = [];
  const receiver = new OtlpReceiver({
    windowId: 'integration',
    port: 0,
    onTraces: (got, bad) => {
      traces.push(...got);
      problems.push(...bad);
    },
  });
  let endpoint = '';
  before(async () => {
    endpoint = `http://127.0.0.1:${(await receiver.start()).port}`;
  });
  after(() => receiver.dispose());

  /** Runs a program that sends the two spans to the endpoint and prints the trace's id. */
  const send = async (program: string, args: readonly string[], env: Record<string, string> = {}) => {
    const given = { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, ...env };
    const { stdout } = await run(program, args, { env: given, timeout: 60_000 });
    return stdout.trim();
  };

  /** Holds that the two spans have arrived, with all that was set. */
  const assertArrived = (traceId: string, service: string) => {
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
  };

  const javaScript = async (exporter: SpanExporter, service: string) => {
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
    assertArrived(parent.spanContext().traceId, service);
  };

  it('takes JavaScript’s protobuf', () =>
    javaScript(new ProtobufExporter({ url: `${endpoint}/v1/traces` }), 'exporter-js-protobuf'));

  it('takes JavaScript’s JSON', () =>
    javaScript(new JsonExporter({ url: `${endpoint}/v1/traces` }), 'exporter-js-json'));

  for (const compression of ['none', 'gzip']) {
    it(`takes Python’s protobuf, compression ${compression}`, async function () {
      const { python } = need(this, await ensureInferenceEnv('otlp'));
      const env = { OTEL_EXPORTER_OTLP_COMPRESSION: compression };
      const traceId = await send(python, [path.join(pythonFolder, 'send.py'), 'proto'], env);
      assertArrived(traceId, 'exporter-python-proto');
    });
  }

  it('takes Python’s JSON', async function () {
    const requirements = path.join(pythonFolder, 'requirements-json.txt');
    const { python } = need(this, await ensurePythonEnv('exporter-json', requirements));
    assertArrived(await send(python, [path.join(pythonFolder, 'send.py'), 'json']), 'exporter-python-json');
  });

  for (const compression of ['none', 'gzip']) {
    it(`takes Go’s protobuf, compression ${compression}`, async function () {
      const { path: program } = need(this, await ensureGoExporter());
      assertArrived(await send(program, [], { OTEL_EXPORTER_OTLP_COMPRESSION: compression }), 'exporter-go');
    });
  }
});
