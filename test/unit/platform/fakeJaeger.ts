import { type LyingServer, startLyingServer } from '../sources/lyingServer';

/** A Jaeger with one service that has one inference, which ended at `endUs`. */
export function startFakeJaeger(endUs: number): Promise<LyingServer> {
  const traceID = '000000000000000000000000000000ab';
  const span = {
    traceID,
    spanID: '00000000000000aa',
    operationName: 'ai_inference_pipeline',
    references: [],
    startTime: endUs - 1000,
    duration: 1000,
    tags: [{ key: 'storage_latency_ms', type: 'float64', value: 45 }],
    logs: [],
    processID: 'p1',
    warnings: null,
  };
  const trace = {
    traceID,
    spans: [span],
    processes: { p1: { serviceName: 'svc', tags: [] } },
    warnings: null,
  };
  const answers: Readonly<Record<string, unknown>> = {
    '/api/services': ['svc'],
    '/api/operations': [{ name: 'ai_inference_pipeline', spanKind: 'internal' }],
    '/api/traces': [trace],
  };
  return startLyingServer((request, response) => {
    const data = answers[new URL(request.url ?? '', 'http://h').pathname];
    response.writeHead(data ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ data: data ?? null, total: 0, limit: 0, offset: 0, errors: null }));
  });
}
