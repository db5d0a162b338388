import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { TraceStore } from '../../src/core/store/traceStore';
import { defaultInferenceDefinition } from '../../src/core/trace/inference';
import { systemClock } from '../../src/sources/clock';
import { plainConnection } from '../../src/sources/connection';
import { DecodeThread } from '../../src/sources/decoder/decodeThread';
import { createClient, createPoller } from '../../src/sources/jaegerSource';
import type { Poller } from '../../src/sources/poller';
import { build } from '../../tools/build.mjs';
import { spawnTethered } from '../../tools/spawnTethered.mjs';
import { storeOf } from '../unit/core/store/storeOf';
import { type Measurement, median, spread } from './support/compare';
import { firstStartUs, jaegerAnswer } from './support/jaegerAnswer';
import { watch } from './support/watchingFaces';

const root = path.resolve(__dirname, '../..');
const rounds = 9;
const idlePolls = 200;
const batches = 9;
/** Polls until code is compiled and caches are full. */
const warmUps = 1000;
/** Bytes a poll: below what any answer that is kept takes, above what the heap's level wavers by. */
const leastLeak = 256;
const settleMs = 600;

interface Watched {
  readonly store: TraceStore;
  readonly poller: Poller;
  readonly dispose: () => void;
}

/** Everything as the extension has it: the HTTP client, the decoder's thread, the store, and what features ask it. */
function startWatching(port: number, thread: DecodeThread): Watched {
  const { store, changes } = storeOf();
  const client = createClient({
    connection: plainConnection('bench', `http://127.0.0.1:${port}`),
    credentials: { readSecret: async () => undefined },
    timeoutMs: 60_000,
    decoder: thread.open(),
  });
  const poller = createPoller({
    client,
    settings: {
      services: ['ai-inference'],
      inference: defaultInferenceDefinition,
      ...{ intervalMs: 3_600_000, lookbackUs: 3_600_000_000, limit: 100_000, requestBudget: 24 },
    },
    clock: systemClock,
    random: Math.random,
    onWindow: (service, strata) => store.cover(service, strata, firstStartUs),
    onBlock: (block) => {
      if (block) store.addBlocks([block], firstStartUs);
      changes.length = 0;
    },
  });
  const faces = watch(store, () => firstStartUs + 3_600_000_000);
  const dispose = () => {
    faces.dispose();
    poller.dispose();
    client.dispose();
  };
  return { store, poller, dispose };
}

/** The longest block of the event loop in each of some polls that bring so many spans, in milliseconds. */
async function longestBlocks(port: number, spans: number, thread: DecodeThread): Promise<number[]> {
  const blocks: number[] = [];
  for (let round = 0; round < rounds + 2; round++) {
    const { store, poller, dispose } = startWatching(port, thread);
    const delays = monitorEventLoopDelay({ resolution: 1 });
    delays.enable();
    await poller.refresh();
    await delay(settleMs);
    delays.disable();
    if (store.stats().spans !== spans) throw new Error(`${store.stats().spans} spans came of ${spans}`);
    dispose();
    globalThis.gc?.();
    if (round >= 2) blocks.push(delays.max / 1e6);
  }
  return blocks;
}

/** What a poll that brings nothing costs on this thread, and the memory that it leaves behind. */
async function idlePoll(port: number, thread: DecodeThread): Promise<{ times: number[]; growth: number }> {
  const { poller, dispose } = startWatching(port, thread);
  const run = async (): Promise<number> => {
    const before = performance.eventLoopUtilization();
    await poller.refresh();
    return performance.eventLoopUtilization(before).active;
  };
  const used = async () => {
    for (let i = 0; i < 4; i++) {
      globalThis.gc?.();
      await delay(20);
    }
    return process.memoryUsage().heapUsed;
  };
  for (let i = 0; i < warmUps; i++) await run();
  const times: number[] = [];
  const levels: number[] = [];
  for (let batch = 0; batch < batches; batch++) {
    for (let i = 0; i < idlePolls; i++) times.push(await run());
    levels.push(await used());
  }
  dispose();
  return { times, growth: slope(levels) / idlePolls };
}

/** Growth from one level to the next: the median of all pairs' (Theil and Sen), which one odd level does not move. */
function slope(levels: readonly number[]): number {
  const slopes = levels.flatMap((level, i) =>
    levels.slice(i + 1).map((later, j) => (later - level) / (j + 1)),
  );
  return median(slopes);
}

async function withServer<T>(bytes: Buffer, work: (port: number) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'whyspan-bench-'));
  const file = path.join(folder, 'answer.json');
  writeFileSync(file, bytes);
  let said: (port: number) => void = () => undefined;
  const port = new Promise<number>((resolve) => {
    said = resolve;
  });
  const server = spawnTethered({
    command: process.execPath,
    args: [path.join(__dirname, 'support/answerServer.cjs'), file],
    onLine: (line: string) => said(Number(line)),
  });
  try {
    return await work(await port);
  } finally {
    server.stop();
    rmSync(folder, { recursive: true });
  }
}

/** The event loop while a poll brings much, and what a poll of an idle Jaeger costs. */
export async function bench(): Promise<Measurement[]> {
  await build({ production: true });
  const thread = new DecodeThread(path.join(root, 'dist/decodeWorker.js'));
  const measurements: Measurement[] = [];
  for (const [spans, limit] of [
    [10_000, 20],
    [50_000, 50],
  ] as const) {
    const blocks = await withServer(jaegerAnswer(spans), (port) => longestBlocks(port, spans, thread));
    console.log(`poll of ${spans} spans: longest block of the event loop ${spread(blocks)} ms`);
    const name = `longest block of the event loop, poll of ${spans} spans`;
    measurements.push({ name, value: median(blocks), unit: 'ms', limit });
  }
  const { times, growth } = await withServer(jaegerAnswer(0), (port) => idlePoll(port, thread));
  console.log(`idle poll: ${spread(times)} ms on the main thread, ${growth.toFixed(0)} B left behind`);
  thread.dispose();
  return [
    ...measurements,
    { name: 'idle poll, time on the main thread', value: median(times), unit: 'ms', limit: 1 },
    { name: 'idle poll, memory left behind', value: Math.max(0, growth), unit: 'B', limit: leastLeak },
  ];
}
