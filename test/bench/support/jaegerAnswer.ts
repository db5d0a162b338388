const names = [
  'ai_inference_pipeline',
  'load_features',
  's3.get_object',
  'HTTP GET',
  'decode_features',
  'load_model',
  'preprocess',
  'run_model',
  'postprocess',
  'write_result',
];

/** Microseconds since the Unix epoch at which the first trace begins. */
export const firstStartUs = 1_795_374_137_000_000;

const hex = (index: number, digits: number) =>
  (BigInt(index + 1) * 0x9e3779b97f4a7c15f39cc0605cedc835n).toString(16).padStart(digits, '0').slice(-digits);

const tag = (key: string, value: string | number | boolean) => ({
  key,
  type:
    typeof value === 'string'
      ? 'string'
      : typeof value === 'boolean'
        ? 'bool'
        : Number.isInteger(value)
          ? 'int64'
          : 'float64',
  value,
});

/** A span as Jaeger writes those of a Python service: its place in the code, HTTP, what differs from span to span. About 1.1 kB. */
function spanOf(index: number, perTrace: number): object {
  const trace = Math.floor(index / perTrace);
  const inTrace = index % perTrace;
  const name = names[inTrace % names.length] ?? '';
  const latency = 10 + ((index * 7919) % 100_003) / 1009;
  return {
    traceID: hex(trace, 32),
    spanID: hex(index, 16),
    operationName: name,
    references:
      inTrace === 0
        ? []
        : [{ refType: 'CHILD_OF', traceID: hex(trace, 32), spanID: hex(index - Math.ceil(inTrace / 2), 16) }],
    startTime: firstStartUs + trace * 10_000 + inTrace * 100,
    duration: 4325 + (index % 977),
    tags: [
      tag('otel.scope.name', 'inference'),
      tag('code.file.path', `/app/examples/inference/${name.slice(0, 8)}.py`),
      tag('code.function.name', name),
      tag('code.line.number', 12 + inTrace),
      tag('thread.id', 140_206_918_141_632),
      tag('thread.name', 'MainThread'),
      tag('http.request.method', 'GET'),
      tag('server.address', 's3.eu-central-1.example.com'),
      tag('http.response.status_code', 200),
      tag('request.id', `request-${hex(index, 12)}`),
      ...(inTrace === 0
        ? [
            tag('storage_latency_ms', latency),
            tag('model_prediction', ['cat', 'dog', 'bird'][trace % 3] ?? ''),
          ]
        : [tag('feature.bytes', 1024 + (index % 4096)), tag('cache.hit', index % 3 === 0)]),
      tag('span.kind', inTrace === 3 ? 'client' : 'internal'),
      tag('otel.status_code', 'OK'),
      tag('internal.span.format', 'otlp'),
    ],
    logs: [],
    processID: 'p1',
    warnings: null,
  };
}

/** The bytes of an answer of Jaeger's `/api/traces`. */
export function jaegerAnswer(spans: number, perTrace = 10, first = 0): Buffer {
  const data = Array.from({ length: spans / perTrace }, (_, trace) => ({
    traceID: hex(first / perTrace + trace, 32),
    spans: Array.from({ length: perTrace }, (_, i) => spanOf(first + trace * perTrace + i, perTrace)),
    processes: {
      p1: {
        serviceName: 'ai-inference',
        tags: [
          tag('telemetry.sdk.language', 'python'),
          tag('telemetry.sdk.version', '1.38.0'),
          tag('host.name', 'worker-7'),
        ],
      },
    },
    warnings: null,
  }));
  return Buffer.from(JSON.stringify({ data, total: 0, limit: 0, offset: 0, errors: null }));
}
