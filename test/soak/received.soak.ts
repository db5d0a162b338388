import assert from 'node:assert/strict';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { TraceStore } from '../../src/core/store/traceStore';
import { DecodeThread } from '../../src/sources/decoder/decodeThread';
import { JaegerAgent } from '../../src/sources/jaegerAgent/jaegerAgent';
import { OtlpReceiver } from '../../src/sources/otlpReceiver/otlpReceiver';
import { steadyInterval } from '../../src/sources/steadyInterval';
import { build } from '../../tools/build.mjs';
import { spawnTethered } from '../../tools/spawnTethered.mjs';
import { type Measurement, median, spread } from '../bench/support/compare';
import { sendSpans } from '../bench/support/sendSpans';
import { startReceiving } from '../bench/support/startReceiving';
import { watch } from '../bench/support/watchingFaces';
import { engineOf } from '../unit/features/alerts/engineOf';

/** Half an hour in a minute. */
const minutes = 30;
const minuteMs = 2000;
const spanCount = 1_000_000;
const spansPerTrace = 10;
const msPerTrace = (minutes * 60_000 * spansPerTrace) / spanCount;
/** A tenth of the time, and so of the spans: a hundred thousand. */
const limits = { maxAgeUs: 3 * 60_000_000, maxBytes: Number.POSITIVE_INFINITY };

/** The alert by a clock that is thirty times as fast, and even. */
function alertsOf(store: TraceStore, nowMs: () => number) {
  return engineOf({ store, clock: () => ({ wallMs: nowMs(), evenMs: nowMs() }) });
}

/** Begins and ends all that begins and ends in a window that is used: what is left behind would add up. Counts who hears when it should not. */
async function comeAndGo(
  store: TraceStore,
  thread: DecodeThread,
  nowMs: () => number,
): Promise<() => number> {
  let [isOver, late] = [false, 0];
  const listening = store.onDidChange(() => {
    if (isOver) late++;
  });
  const taking = { decoder: thread, onBlocks: () => undefined };
  const receiver = new OtlpReceiver({ windowId: 'guest', port: 0, ...taking });
  const agent = new JaegerAgent({ port: 0, ...taking });
  const { engine } = alertsOf(store, nowMs);
  engine.start();
  const faces = watch(store, () => nowMs() * 1000, 100);
  await Promise.all([receiver.start(), agent.start(), delay(minuteMs / 4)]);
  for (const item of [listening, receiver, agent, engine, faces]) item.dispose();
  isOver = true;
  return () => late;
}

async function settledBytes(): Promise<number> {
  for (let i = 0; i < 2; i++) {
    globalThis.gc?.();
    await delay(10);
  }
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + Math.max(external, arrayBuffers);
}

/** What holds the process up, or would: sockets, threads, timers. */
const open = () => process.getActiveResourcesInfo().filter((kind) => kind !== 'Immediate');

/** What is there more often than before. */
function leftOf(before: readonly string[], after: readonly string[]): readonly string[] {
  const left = [...after];
  for (const kind of before) if (left.includes(kind)) left.splice(left.indexOf(kind), 1);
  return left;
}

/** Half an hour of a service that sends much, with a window that forgets after three minutes, and with everything coming and going. */
export async function bench(): Promise<Measurement[]> {
  await build({ production: true });
  const epochMs = Date.now();
  const thread = new DecodeThread(path.resolve(process.cwd(), 'dist/decodeWorker.js'));
  console.log(`${spanCount} spans in half an hour, in a minute`);
  const before = open();
  // It is as late as what came: however slow this machine is, the window has the same length.
  const nowMs = (): number => epochMs + (receiving.receiver.stats.spans / spansPerTrace) * msPerTrace;
  const receiving = await startReceiving(thread, limits, () => nowMs() * 1000);
  const { store, receiver, port, dispose } = receiving;
  const { engine } = alertsOf(store, nowMs);
  const evaluatedMs: number[] = [];
  engine.onDidChange(() => evaluatedMs.push(performance.now()));
  const eviction = setInterval(() => store.evict(nowMs() * 1000), minuteMs);
  const evaluations = steadyInterval(minuteMs, () => engine.evaluate(engine.rules));
  const seconds = (minutes * minuteMs) / 1000;
  const wish = {
    spawn: spawnTethered,
    port,
    perRequest: 500,
    firstTrace: 0,
    before: 0,
    spansPerSecond: spanCount / seconds,
    seconds,
  };
  const sending = sendSpans({ ...wish, msPerTrace, epochMs });
  const guests: (() => number)[] = [];
  const bytes: number[] = [];
  const held: number[] = [];
  for (let minute = 1; minute <= minutes; minute++) {
    const leftMs = () => epochMs + minute * minuteMs - Date.now();
    guests.push(await comeAndGo(store, thread, nowMs));
    held.push(store.stats().spans);
    bytes.push((await settledBytes()) / 1024 ** 2);
    await delay(Math.max(0, leftMs()));
  }
  const sent = await sending;
  const stoppedMs = performance.now();
  evaluations.dispose();
  engine.dispose();
  clearInterval(eviction);
  const { spans, evictedByAge } = store.stats();
  const nowhere =
    Math.abs(sent.spans - spans - spansPerTrace * evictedByAge) + (receiver.stats.spans - sent.spans);
  dispose();
  thread.dispose();
  // Sockets and threads take their time to be gone.
  await delay(1000);
  const left = leftOf(before, open());
  const third = minutes / 3;
  const [middle, last] = [bytes.slice(third, 2 * third), bytes.slice(2 * third)];
  // From the first on, each counted from when it was due.
  const lateMs = evaluatedMs.map((at) => (at - (evaluatedMs[0] ?? 0)) % minuteMs);
  const wanted = 1 + Math.floor((stoppedMs - (evaluatedMs[0] ?? 0)) / minuteMs);
  console.log(`${sent.spans} spans, ${sent.refusedSpans} refused; held ${spread(held.slice(third))}`);
  console.log(`memory ${spread(middle)} MB in the second ten minutes, ${spread(last)} MB in the third`);
  console.log(
    `${evaluatedMs.length} of ${wanted} evaluations, late by ${spread(lateMs)} ms; left open: ${left.join(', ') || 'nothing'}`,
  );
  assert.ok(Math.abs(median(held.slice(third)) / (spanCount / 10) - 1) < 0.2, 'the window is not a tenth');
  return [
    {
      name: 'memory of the last ten minutes against those before',
      value: median(last) / median(middle),
      unit: '×',
      limit: 1.1,
    },
    {
      name: 'drift of the alert’s timer in half an hour',
      value: median(lateMs.slice(-third)),
      unit: 'ms',
      limit: minuteMs / 10,
    },
    {
      name: 'evaluations that are missing',
      value: Math.abs(evaluatedMs.length - wanted),
      unit: '',
      limit: 1,
    },
    {
      name: 'handles and timers left open',
      value: left.length,
      unit: '',
      limit: 0,
    },
    {
      name: 'listeners that heard when they were disposed',
      value: guests.reduce((sum, late) => sum + late(), 0),
      unit: '',
      limit: 0,
    },
    { name: 'spans neither held nor counted', value: nowhere, unit: '', limit: 0 },
  ];
}
