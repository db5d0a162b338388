import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { decodeOtlpResourceSpans } from '../../src/core/otlp/decodeOtlpJson';
import { decodeOtlpProtobuf } from '../../src/core/otlp/decodeOtlpProtobuf';
import { encodeOtlp, type Json } from '../unit/core/otlp/otlpEncoder';

const spanCount = 10_000;
const runs = 31;
const warmUps = 4;
const spansPerTrace = 5;
const names = ['ai_inference_pipeline', 'measure_storage_latency', 'load_model', 'preprocess', 'run_model'];

const hex = (index: number, digits: number) =>
  (BigInt(index + 1) * 0x9e3779b97f4a7c15f39cc0605cedc835n).toString(16).padStart(digits, '0').slice(-digits);
const text = (key: string, value: string) => ({ key, value: { stringValue: value } });

/** A span as the sample service sends it: its place in the code, a latency, a prediction, and what differs from span to span. */
function spanOf(index: number): Json {
  const inTrace = index % spansPerTrace;
  const start = 1_795_374_137_992_045_888n + BigInt(index) * 1_234_567n;
  const name = names[inTrace] ?? '';
  return {
    traceId: hex(Math.floor(index / spansPerTrace), 32),
    spanId: hex(index, 16),
    ...(inTrace === 0 ? {} : { parentSpanId: hex(index - inTrace, 16) }),
    name,
    kind: 1,
    startTimeUnixNano: String(start),
    endTimeUnixNano: String(start + 4_325_081n),
    attributes: [
      text('code.file.path', '/app/examples/inference/inference.py'),
      text('code.function.name', name),
      { key: 'code.line.number', value: { intValue: String(12 + inTrace) } },
      { key: 'storage_latency_ms', value: { doubleValue: 10 + ((index * 7919) % 100_003) / 1009 } },
      text('model_prediction', ['cat', 'dog', 'bird'][index % 3] ?? ''),
      text('request.id', `request-${hex(index, 12)}`),
    ],
    status: {},
  };
}

function payload(): Json[] {
  const spans = Array.from({ length: spanCount }, (_, index) => spanOf(index));
  const resource = {
    attributes: [text('service.name', 'ai-inference'), text('telemetry.sdk.language', 'python')],
  };
  // As exporters send them: 512 at once.
  return Array.from({ length: Math.ceil(spanCount / 512) }, (_, i) => ({
    resource,
    scopeSpans: [{ scope: { name: 'inference' }, spans: spans.slice(i * 512, (i + 1) * 512) }],
  }));
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** The garbage is part of the time: it is not collected beforehand, and what was made lives until the next was made, as in a store. */
let made: unknown;
function timeMs(work: () => unknown): number {
  const start = performance.now();
  made = work();
  return made === undefined ? Number.NaN : performance.now() - start;
}

/**
 * Protobuf all the way to traces, against JSON.parse alone of the same spans, which has still to be made into traces.
 * In turns, so that what else the machine does hits both.
 */
export async function bench(): Promise<{ name: string; value: number; unit: string; limit: number }[]> {
  const resourceSpans = payload();
  const bytes = encodeOtlp(resourceSpans);
  const json = JSON.stringify({ resourceSpans });
  const decoded = decodeOtlpProtobuf(bytes);
  assert.deepEqual(decoded, decodeOtlpResourceSpans(JSON.parse(json).resourceSpans));
  const protobuf: number[] = [];
  const parse: number[] = [];
  const measures = [
    () => protobuf.push(timeMs(() => decodeOtlpProtobuf(bytes))),
    () => parse.push(timeMs(() => JSON.parse(json))),
  ];
  for (let run = 0; run < warmUps + runs; run++) {
    // Each pays for the garbage of the one before it, so the first is the second in the next run.
    for (const measure of run % 2 === 0 ? measures : measures.toReversed()) measure();
  }
  const [ours, theirs] = [median(protobuf.slice(warmUps)), median(parse.slice(warmUps))];
  console.log(
    `OTLP of ${spanCount} spans: protobuf (${bytes.length} B) to traces ${ours.toFixed(1)} ms, JSON.parse (${json.length} B) ${theirs.toFixed(1)} ms`,
  );
  return [
    {
      name: `protobuf of ${spanCount} spans to traces`,
      value: ours / theirs,
      unit: '× JSON.parse',
      limit: 1.3,
    },
  ];
}
