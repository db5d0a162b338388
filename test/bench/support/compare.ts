import { performance } from 'node:perf_hooks';

/** What a benchmark says of one thing. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly limit: number;
}

/** The garbage is part of the time: what was made lives until the next was made, as in a store. */
let made: unknown;

/** Milliseconds that work takes. */
export function timeMs(work: () => unknown): number {
  const start = performance.now();
  made = work();
  return made === undefined ? Number.NaN : performance.now() - start;
}

export const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Median, least and most. */
export const spread = (values: readonly number[]) =>
  `${median(values).toFixed(2)} (${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)})`;

/** Runs works in turns, so that what else the machine does hits all, after some rounds that do not count. Milliseconds by round. */
export function inTurns(works: readonly (() => unknown)[], rounds: number, warmUps = 2): number[][] {
  const times: number[][] = works.map(() => []);
  for (let round = 0; round < rounds + warmUps; round++) {
    // Each pays for the garbage of the one before it, so the first is the last in the next round.
    const order = works.map((_, i) => (round % 2 === 0 ? i : works.length - 1 - i));
    for (const i of order) {
      const ms = timeMs(works[i] ?? (() => undefined));
      if (round >= warmUps) times[i]?.push(ms);
    }
  }
  return times;
}
