import path from 'node:path';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import type { SpanExporter } from '@opentelemetry/sdk-trace-node';
import { tracesOf } from '../../src/core/columns/tracesOf';
import type { ProblemCount } from '../../src/core/decode/problemCount';
import type { Trace } from '../../src/core/trace/trace';
import { OtlpReceiver } from '../../src/sources/otlpReceiver/otlpReceiver';
import { ensurePythonEnv } from '../../tools/bootstrap/python.mjs';
import { ensureGoExporter } from '../../tools/exporters/goExporter.mjs';
import { ensureJavaExporter } from '../../tools/exporters/javaExporter.mjs';
import { ensureInferenceEnv } from '../../tools/inference/inferenceEnv.mjs';
import { inlineReceived } from '../support/inlineReceived';
import {
  assertArrived as assertSpansArrived,
  need,
  pythonFolder,
  runExporter,
  sendFromJavaScript,
} from './realExporters';

describe('OtlpReceiver and real exporters', function () {
  this.timeout(300_000);
  const traces: Trace[] = [];
  const problems: ProblemCount[] = [];
  const receiver = new OtlpReceiver({
    windowId: 'integration',
    port: 0,
    decoder: inlineReceived,
    onBlocks: (got, bad) => {
      traces.push(...tracesOf(got));
      problems.push(...bad);
    },
  });
  let endpoint = '';
  before(async () => {
    endpoint = `http://127.0.0.1:${(await receiver.start()).port}`;
  });
  after(() => receiver.dispose());

  const send = (program: string, args: readonly string[], env: Record<string, string> = {}) =>
    runExporter(endpoint, program, args, env);
  const assertArrived = (traceId: string, service: string) =>
    assertSpansArrived({ traces, problems }, traceId, service);
  const javaScript = async (exporter: SpanExporter, service: string) =>
    assertArrived(await sendFromJavaScript(exporter, service), service);

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
      const { command: program } = need(this, await ensureGoExporter());
      assertArrived(await send(program, [], { OTEL_EXPORTER_OTLP_COMPRESSION: compression }), 'exporter-go');
    });
  }

  for (const compression of ['none', 'gzip']) {
    it(`takes Java’s protobuf, compression ${compression}`, async function () {
      const { command, args } = need(this, await ensureJavaExporter());
      const env = {
        OTEL_EXPORTER_OTLP_COMPRESSION: compression,
        ...{ OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf', OTEL_SERVICE_NAME: 'exporter-java' },
        ...{ OTEL_METRICS_EXPORTER: 'none', OTEL_LOGS_EXPORTER: 'none' },
      };
      assertArrived(await send(command, args, env), 'exporter-java');
    });
  }
});
