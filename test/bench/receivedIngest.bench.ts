import assert from 'node:assert/strict';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { DecodeThread } from '../../src/sources/decoder/decodeThread';
import { build } from '../../tools/build.mjs';
import { spawnTethered } from '../../tools/spawnTethered.mjs';
import { type Measurement, median, spread } from './support/compare';
import { sendSpans } from './support/sendSpans';
import { startReceiving } from './support/startReceiving';

const root = path.resolve(__dirname, '../..');
const spansPerSecond = 20_000;
const wholeSeconds = Number(process.env.WHYSPAN_BENCH_SECONDS ?? 60);
/** What a user has who sets nothing. */
const limits = { maxAgeUs: 180 * 60_000_000, maxBytes: 128 * 1024 ** 2 };
const spansPerTrace = 10;
const sampleMs = 250;

/** What fills the window, and begins to leave it again. */
const spansBefore = 900_000;

/** How the spans come: in the batches of exporters that are busy, and in many small ones. */
const loads = [
  { what: 'requests of 500', perRequest: 500, seconds: wholeSeconds },
  { what: 'requests of 50', perRequest: 50, seconds: wholeSeconds / 3 },
] as const;

type Load = (typeof loads)[number];

function memoryNow(): number {
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + Math.max(external, arrayBuffers);
}

/** The event loop and the memory while spans come at the rate. */
async function measure(port: number, load: Load, firstTrace: number, before: number) {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  const samples: number[] = [];
  let timer: ReturnType<typeof setInterval> | undefined;
  const { perRequest, seconds } = load;
  const wish = { spawn: spawnTethered, port, perRequest, firstTrace, before, spansPerSecond, seconds };
  const sent = await sendSpans(wish, () => {
    timer = setInterval(() => samples.push(memoryNow()), sampleMs);
    delays.enable();
  });
  delays.disable();
  clearInterval(timer);
  const third = Math.floor(samples.length / 3);
  return { sent, delays, first: samples.slice(0, third), last: samples.slice(-third) };
}

/** What memory comes down to when garbage is collected. */
function lowest(samples: readonly number[]): number {
  return median([...samples].sort((a, b) => a - b).slice(0, Math.ceil(samples.length / 4)));
}

type Measured = Awaited<ReturnType<typeof measure>>;

function resultsOf({ what }: Load, { sent, delays, first, last }: Measured): Measurement[] {
  const percentiles = [50, 99, 99.9, 99.99].map((p) => `p${p} ${(delays.percentile(p) / 1e6).toFixed(1)}`);
  const longestMs = delays.max / 1e6;
  const mb = (samples: readonly number[]) => spread(samples.map((bytes) => bytes / 1024 ** 2));
  console.log(
    `${what}: ${sent.spansPerSecond.toFixed(0)} spans/s of ${sent.bytesPerSpan.toFixed(0)} B, ${sent.refusedSpans} of ${sent.spans} spans refused`,
  );
  console.log(`${what}: event loop ${percentiles.join(', ')}, longest ${longestMs.toFixed(1)} ms`);
  console.log(`${what}: memory ${mb(first)} MB in the first third, ${mb(last)} MB in the last`);
  assert.ok(
    sent.spansPerSecond > 0.97 * spansPerSecond,
    `only ${sent.spansPerSecond.toFixed(0)} spans/s came`,
  );
  const grown = lowest(last) / lowest(first);
  return [
    { name: `longest block, 20,000 spans/s in ${what}`, value: longestMs, unit: 'ms', limit: 50 },
    { name: `memory at the end against the beginning, ${what}`, value: grown, unit: '×', limit: 1.1 },
  ];
}

/**
 * The event loop and the memory while spans are received, sustained, in a window that is full, and whether each span is held or counted.
 * WHYSPAN_BENCH_SECONDS shortens it.
 */
export async function bench(): Promise<Measurement[]> {
  await build({ production: true });
  const thread = new DecodeThread(path.join(root, 'dist/decodeWorker.js'));
  const { store, receiver, port, dispose } = await startReceiving(thread, limits, () => Date.now() * 1000);
  const measurements: Measurement[] = [];
  let [taken, nextTrace] = [0, 0];
  for (const [i, load] of loads.entries()) {
    const measured = await measure(port, load, nextTrace, i === 0 ? spansBefore : 0);
    measurements.push(...resultsOf(load, measured));
    taken += measured.sent.spans;
    nextTrace = measured.sent.nextTrace;
  }
  const { spans, evictedByAge, evictedBySize } = store.stats();
  console.log(`${taken} spans taken, ${spans} held, ${evictedBySize} traces evicted by size`);
  const counted = spans + spansPerTrace * (evictedByAge + evictedBySize);
  const nowhere = Math.abs(taken - counted) + Math.abs(receiver.stats.spans - taken);
  dispose();
  thread.dispose();
  return [...measurements, { name: 'spans neither held nor counted', value: nowhere, unit: '', limit: 0 }];
}
