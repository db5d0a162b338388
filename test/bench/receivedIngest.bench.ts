import assert from 'node:assert/strict';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { TraceStore } from '../../src/core/store/traceStore';
import { defaultInferenceDefinition } from '../../src/core/trace/inference';
import { DecodeThread } from '../../src/sources/decoder/decodeThread';
import { OtlpReceiver } from '../../src/sources/otlpReceiver/otlpReceiver';
import { build } from '../../tools/build.mjs';
import { spawnTethered } from '../../tools/spawnTethered.mjs';
import { type Measurement, median } from './support/compare';
import { watch } from './support/watchingFaces';

const root = path.resolve(__dirname, '../..');
const spansPerSecond = 20_000;
const wholeSeconds = Number(process.env.WHYSPAN_BENCH_SECONDS ?? 60);
/** What a user has who sets nothing. */
const limits = { maxAgeUs: 180 * 60_000_000, maxBytes: 128 * 1024 ** 2 };
const spansPerTrace = 10;
const sampleMs = 250;

/** How the spans come: in the batches of exporters that are busy, and in many small ones. */
const loads = [
  { what: 'requests of 500', perRequest: 500, seconds: wholeSeconds },
  { what: 'requests of 50', perRequest: 50, seconds: wholeSeconds / 3 },
] as const;

type Load = (typeof loads)[number];

interface Sent {
  readonly spans: number;
  readonly refusedSpans: number;
  readonly failedSpans: number;
  readonly bytesPerSpan: number;
  readonly elapsedMs: number;
}

function runSender(port: number, { perRequest, seconds }: Load): Promise<Sent> {
  const args = [port, spansPerSecond, seconds, perRequest].map(String);
  return new Promise((resolve, reject) => {
    const sender = spawnTethered({
      command: process.execPath,
      args: [path.join(__dirname, 'support/otlpSender.cjs'), ...args],
      onLine: (line: string) => resolve(JSON.parse(line)),
    });
    sender.exited.then(({ code }) => reject(new Error(`the sender ended with code ${code}`)), reject);
  });
}

/** Spans that are neither held nor in a trace that was counted as evicted, nor counted as refused. */
function uncounted({ spans }: Sent, store: TraceStore, refused: number): number {
  const held = store.stats();
  const evicted = (held.evictedByAge + held.evictedBySize) * spansPerTrace;
  return Math.abs(spans - held.spans - evicted) + refused;
}

function memoryNow(): number {
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + Math.max(external, arrayBuffers);
}

/** Everything as the extension has it, but for VS Code: receiver, decoder's thread, store, and what features ask it. */
async function receive(load: Load, thread: DecodeThread): Promise<Measurement[]> {
  const nowUs = () => Date.now() * 1000;
  const store = new TraceStore({ definition: defaultInferenceDefinition, limits });
  const receiver = new OtlpReceiver({
    ...{ windowId: 'bench', port: 0, decoder: thread },
    onBlocks: (blocks) => void store.mergeBlocks(blocks, nowUs()),
    onError: (error) => {
      throw error;
    },
  });
  const { port } = await receiver.start();
  const faces = watch(store, nowUs);
  const delays = monitorEventLoopDelay({ resolution: 1 });
  const samples: number[] = [];
  const timer = setInterval(() => samples.push(memoryNow()), sampleMs);
  delays.enable();
  const sent = await runSender(port, load);
  delays.disable();
  clearInterval(timer);
  faces.dispose();
  receiver.dispose();
  const stats = store.stats();
  const rate = sent.spans / (sent.elapsedMs / 1000);
  const blockMs = [50, 99, 99.9, 99.99].map((p) => `p${p} ${(delays.percentile(p) / 1e6).toFixed(1)}`);
  const third = Math.floor(samples.length / 3);
  const [middle, last] = [samples.slice(third, 2 * third), samples.slice(2 * third)];
  const mb = (bytes: number) => (bytes / 1024 ** 2).toFixed(0);
  console.log(
    `${load.what}: ${rate.toFixed(0)} spans/s of ${sent.bytesPerSpan.toFixed(0)} B, ${stats.spans} held, ${stats.evictedBySize} traces evicted, ${sent.refusedSpans} spans refused`,
  );
  console.log(
    `${load.what}: event loop ${blockMs.join(', ')}, longest ${(delays.max / 1e6).toFixed(1)} ms; memory ${mb(median(middle))} MB, then ${mb(median(last))} (${mb(Math.min(...last))} to ${mb(Math.max(...last))}) MB`,
  );
  assert.ok(rate > 0.97 * spansPerSecond, `only ${rate.toFixed(0)} spans/s were sent`);
  assert.ok(stats.evictedBySize > 0 || load.seconds < 30, 'the window never was full');
  const refused = receiver.stats.spans - sent.spans;
  return [
    { name: `longest block, 20,000 spans/s in ${load.what}`, value: delays.max / 1e6, unit: 'ms', limit: 50 },
    {
      name: `memory of the last third against the second, ${load.what}`,
      value: median(last) / median(middle),
      unit: '×',
      limit: 1.1,
    },
    {
      name: `spans that are nowhere, ${load.what}`,
      value: uncounted(sent, store, refused),
      unit: '',
      limit: 0,
    },
  ];
}

/** The event loop and the memory while spans are received, sustained. WHYSPAN_BENCH_SECONDS shortens it. */
export async function bench(): Promise<Measurement[]> {
  await build({ production: true });
  const thread = new DecodeThread(path.join(root, 'dist/decodeWorker.js'));
  const measurements: Measurement[] = [];
  for (const load of loads) measurements.push(...(await receive(load, thread)));
  thread.dispose();
  return measurements;
}
