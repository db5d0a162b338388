// A program of its own that sends spans over OTLP/HTTP as two services do: first some as fast as they are taken, then at a rate.
// node otlpSender.cjs PORT SPANS_PER_REQUEST FIRST_TRACE SPANS_BEFORE SPANS_PER_SECOND SECONDS MS_PER_TRACE EPOCH_MS
// With MS_PER_TRACE, traces are so far apart from EPOCH_MS on, however fast they are sent; with 0 they are of now.
// Each trace has ten spans, five of each service, which come in two requests. Requests are made once; before each is sent, ids, times and
// what differs from span to span are written into its bytes, so that sending costs little. Prints when the rate begins, and what came of it.
const { Agent, request } = require('node:http');
const os = require('node:os');
const { performance } = require('node:perf_hooks');

// It stands for services of other machines: where there are few processors, the one that is measured must not wait for it.
os.setPriority(os.constants.priority.PRIORITY_LOW);

const [port, perRequest, firstTrace, before, rate, seconds, msPerTrace, epochMs] = process.argv
  .slice(2)
  .map(Number);
const perService = 5;
const tracesPerRequest = perRequest / perService;
const names = ['ai_inference_pipeline', 'load_features', 's3.get_object', 'preprocess', 'run_model'];
const agent = new Agent({ keepAlive: true, maxSockets: 8 });

function varint(value) {
  const bytes = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return Buffer.from([...bytes, left]);
    bytes.push((left % 128) + 128);
  }
}
const field = (number, bytes) => Buffer.concat([varint(number * 8 + 2), varint(bytes.length), bytes]);
const text = (key, value) => attribute(key, field(1, Buffer.from(value)));
const attribute = (key, value) => Buffer.concat([field(1, Buffer.from(key)), field(2, value)]);
const int = (key, value) => attribute(key, Buffer.concat([Buffer.from([0x18]), varint(value)]));
const double = (key, value) => {
  const bytes = Buffer.from([0x21, 0, 0, 0, 0, 0, 0, 0, 0]);
  bytes.writeDoubleLE(value, 1);
  return attribute(key, bytes);
};
const fixed64 = (number) => Buffer.from([number * 8 + 1, 0, 0, 0, 0, 0, 0, 0, 0]);

/** A span with room for what is written into it: its ids first, its times, and a text of twelve digits. */
function spanOf(index, isFront) {
  const i = index % perService;
  const own =
    i === 0 && isFront
      ? [
          double('storage_latency_ms', 10 + ((index * 7919) % 100_003) / 1009),
          text('model_prediction', ['cat', 'dog', 'bird'][index % 3] ?? ''),
        ]
      : [int('feature.bytes', 1024 + 7 * i), text('server.address', 's3.eu-central-1.example.com')];
  const attributes = [
    text('code.file.path', `/app/examples/inference/${isFront ? (names[i] ?? '').slice(0, 8) : 'worker'}.py`),
    text('code.function.name', names[i] ?? ''),
    int('code.line.number', 12 + i),
    text('request.id', 'request-000000000000'),
    ...own,
  ];
  return Buffer.concat([
    ...[field(1, Buffer.alloc(16)), field(2, Buffer.alloc(8)), field(4, Buffer.alloc(8))],
    ...[field(5, Buffer.from(isFront ? (names[i] ?? '') : `worker.${names[i]}`)), Buffer.from([0x30, 1])],
    ...[fixed64(7), fixed64(8), ...attributes.map((bytes) => field(9, bytes)), field(15, Buffer.alloc(0))],
  ]);
}

/** The body of a service's requests, and where its spans' parts lie. */
function bodyOf(isFront) {
  const spans = Array.from({ length: perRequest }, (_, i) => field(2, spanOf(i, isFront)));
  const resource = field(1, field(1, text('service.name', isFront ? 'ai-inference' : 'feature-worker')));
  const scope = field(2, Buffer.concat([field(1, field(1, Buffer.from('bench'))), ...spans]));
  const bytes = field(1, Buffer.concat([resource, scope]));
  const places = [];
  let at = bytes.length - spans.reduce((sum, { length }) => sum + length, 0);
  for (const span of spans) {
    const start = at + span.indexOf(Buffer.from([0x0a, 16]));
    const times = at + span.indexOf(Buffer.from([0x30, 1, 0x39])) + 3;
    places.push({ start, times, text: at + span.indexOf('request-0') + 8 });
    at += span.length;
  }
  return { isFront, bytes, places };
}

/** Writes what belongs to the spans of some traces, of which the first has a number. */
function fill({ isFront, bytes, places }, first) {
  const nowMs = msPerTrace === 0 ? Date.now() : Math.round(epochMs + first * msPerTrace);
  const nowNs = BigInt(nowMs) * 1_000_000n;
  for (const [i, { start, times, text: digits }] of places.entries()) {
    const trace = first + Math.floor(i / perService);
    const inTrace = (i % perService) + (isFront ? 0 : perService);
    // After a field's head each: the trace's id, the span's, its parent's.
    bytes.writeUInt32BE(0x5eed0000, start + 2);
    bytes.writeUInt32BE(trace, start + 14);
    for (const [offset, id] of [
      [20, inTrace + 1],
      [30, Math.max(1, inTrace)],
    ]) {
      bytes.writeUInt32BE(trace, start + offset);
      bytes.writeUInt32BE(inTrace === 0 && offset === 30 ? 0xffff : id, start + offset + 4);
    }
    bytes.writeBigUInt64LE(nowNs - BigInt(1_000_000 * (20 - inTrace)), times);
    bytes.writeBigUInt64LE(nowNs + BigInt(1000 * (trace % 977)), times + 9);
    bytes.write(String(trace * 16 + inTrace).padStart(12, '0'), digits, 'latin1');
  }
}

const counts = { requests: 0, spans: 0, refusedSpans: 0, failedSpans: 0 };
function send(bytes) {
  counts.requests++;
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/x-protobuf', 'content-length': bytes.length };
    const sent = request(
      { port, host: '127.0.0.1', agent, method: 'POST', path: '/v1/traces', headers },
      (response) => {
        response.resume();
        if (response.statusCode === 200) counts.spans += perRequest;
        else counts.refusedSpans += perRequest;
        response.on('end', resolve);
      },
    );
    sent.on('error', () => {
      counts.failedSpans += perRequest;
      resolve();
    });
    sent.end(bytes);
  });
}

/** Sends so many spans as fast as they are taken. */
async function hurry(spans, sendRound) {
  const rounds = Math.ceil(spans / (2 * perRequest));
  for (let round = 0; round < rounds; round++) await Promise.all(sendRound());
}

/** Sends spans at the rate for so many seconds. */
async function keepTo(rate, seconds, sendRound) {
  const roundMs = (1000 * 2 * perRequest) / rate;
  const begin = performance.now();
  const all = [];
  for (let round = 0; round * roundMs < 1000 * seconds; round++) {
    const waitMs = begin + round * roundMs - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    all.push(...sendRound());
    if (all.length > 64) await Promise.all(all.splice(0, 2));
  }
  await Promise.all(all);
  return performance.now() - begin;
}

async function run() {
  const [front, worker] = [bodyOf(true), bodyOf(false)];
  let trace = firstTrace;
  const sendRound = () => {
    fill(front, trace);
    fill(worker, trace);
    trace += tracesPerRequest;
    // Copies: what is sent may wait in a socket.
    return [send(Buffer.from(front.bytes)), send(Buffer.from(worker.bytes))];
  };
  await hurry(before, sendRound);
  const spansBefore = counts.spans;
  console.log('begin');
  const elapsedMs = await keepTo(rate, seconds, sendRound);
  const spansPerSecond = ((counts.spans - spansBefore) * 1000) / elapsedMs;
  const bytesPerSpan = front.bytes.length / perRequest;
  console.log(JSON.stringify({ ...counts, spansPerSecond, bytesPerSpan, nextTrace: trace }));
  agent.destroy();
}

run();
