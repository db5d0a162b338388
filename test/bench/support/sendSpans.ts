import path from 'node:path';
import type { spawnTethered } from '../../../tools/spawnTethered.mjs';

/** What a sender came to. */
export interface Sent {
  readonly spans: number;
  readonly refusedSpans: number;
  readonly failedSpans: number;
  readonly bytesPerSpan: number;
  readonly spansPerSecond: number;
  readonly nextTrace: number;
}

/** What is to be sent. */
export interface SendWish {
  /** The benchmark's own: of what is bundled only that is found where it lies. */
  readonly spawn: typeof spawnTethered;
  readonly port: number;
  readonly perRequest: number;
  /** Number of the first trace: another one for each run. */
  readonly firstTrace: number;
  /** Spans that are sent before the rate begins, as fast as they are taken. */
  readonly before: number;
  readonly spansPerSecond: number;
  readonly seconds: number;
  /** How far apart traces are from a moment on, however fast they are sent; by default they are of now. */
  readonly msPerTrace?: number;
  readonly epochMs?: number;
}

/** The sender lies beside the benchmarks, from where they are bundled to. */
const program = path.resolve(process.cwd(), 'test/bench/support/otlpSender.cjs');

/** Runs the sender, a program of its own, to its end. `onBegin` hears when the rate begins. */
export async function sendSpans(wish: SendWish, onBegin: () => void = () => undefined): Promise<Sent> {
  const {
    spawn,
    port,
    perRequest,
    firstTrace,
    before,
    spansPerSecond,
    seconds,
    msPerTrace = 0,
    epochMs = 0,
  } = wish;
  const args = [port, perRequest, firstTrace, before, spansPerSecond, seconds, msPerTrace, epochMs].map(
    String,
  );
  let last = '';
  const sender = spawn({
    command: process.execPath,
    args: [program, ...args],
    onLine: (line: string) => {
      last = line;
      if (line === 'begin') onBegin();
    },
  });
  const { code } = await sender.exited;
  if (code !== 0) throw new Error(`the sender ended with code ${code}`);
  return JSON.parse(last);
}
