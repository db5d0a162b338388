import path from 'node:path';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { CompressionAlgorithm } from '@opentelemetry/otlp-exporter-base';
import { tracesOf } from '../../src/core/columns/tracesOf';
import type { ProblemCount } from '../../src/core/decode/problemCount';
import type { Trace } from '../../src/core/trace/trace';
import { GrpcReceiver } from '../../src/sources/otlpGrpc/grpcReceiver';
import { ensurePythonEnv } from '../../tools/bootstrap/python.mjs';
import { ensureGoExporter } from '../../tools/exporters/goExporter.mjs';
import { ensureJavaExporter } from '../../tools/exporters/javaExporter.mjs';
import { inlineReceived } from '../support/inlineReceived';
import { assertArrived, need, pythonFolder, runExporter, sendFromJavaScript } from './realExporters';

describe('GrpcReceiver and real exporters', function () {
  this.timeout(300_000);
  const traces: Trace[] = [];
  const problems: ProblemCount[] = [];
  const receiver = new GrpcReceiver({
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

  for (const compression of ['none', 'gzip']) {
    const protocol = { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' };
    // Python's does not know the word none.
    const env =
      compression === 'none' ? protocol : { ...protocol, OTEL_EXPORTER_OTLP_COMPRESSION: compression };

    it(`takes JavaScript’s, compression ${compression}`, async () => {
      const algorithm = compression === 'gzip' ? CompressionAlgorithm.GZIP : CompressionAlgorithm.NONE;
      const exporter = new OTLPTraceExporter({ url: endpoint, compression: algorithm });
      const traceId = await sendFromJavaScript(exporter, 'exporter-js-grpc');
      assertArrived({ traces, problems }, traceId, 'exporter-js-grpc');
    });

    it(`takes Python’s, compression ${compression}`, async function () {
      const requirements = path.join(pythonFolder, 'requirements-grpc.txt');
      const { python } = need(this, await ensurePythonEnv('exporter-grpc', requirements));
      const traceId = await runExporter(endpoint, python, [path.join(pythonFolder, 'send.py'), 'grpc'], env);
      assertArrived({ traces, problems }, traceId, 'exporter-python-grpc');
    });

    it(`takes Go’s, compression ${compression}`, async function () {
      const { command: program } = need(this, await ensureGoExporter());
      const traceId = await runExporter(endpoint, program, ['grpc'], env);
      assertArrived({ traces, problems }, traceId, 'exporter-go');
    });

    it(`takes Java’s, compression ${compression}`, async function () {
      const { command, args } = need(this, await ensureJavaExporter());
      const more = {
        OTEL_SERVICE_NAME: 'exporter-java',
        OTEL_METRICS_EXPORTER: 'none',
        OTEL_LOGS_EXPORTER: 'none',
      };
      const traceId = await runExporter(endpoint, command, args, { ...env, ...more });
      assertArrived({ traces, problems }, traceId, 'exporter-java');
    });
  }
});
