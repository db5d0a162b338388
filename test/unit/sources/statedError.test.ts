import assert from 'node:assert/strict';
import { Coverage } from '../../../src/core/sampling/coverage';
import { ServiceSampler } from '../../../src/sources/serviceSampler';
import { answerOf } from '../../../src/sources/traceAnswer';
import { randomOf } from './fakePopulation';
import { never } from './testClient';

const secondUs = 1_000_000;
const runs = 60;
const limit = 200;

/** How long ago traces began, in seconds. */
type Traffic = (random: () => number) => readonly number[];

function between(count: number, from: number, to: number): Traffic {
  return (random) => Array.from({ length: count }, () => from + random() * (to - from));
}

/** Polls a server that only counts, three times; how far the estimate is off, and how far it says it may be, in each round. */
async function poll(traffic: Traffic, lookbackUs: number, seed: number) {
  const random = randomOf(seed * 7919);
  const nowUs = 1_700_000_000_000_000 + Math.floor(random() * 300 * secondUs);
  const starts = traffic(random).map((ago) => Math.floor(nowUs - ago * secondUs));
  const count = (from: number, to: number) => starts.filter((us) => us >= from && us <= to).length;
  const search = async (asked: { startUs: number; endUs: number; minDurationUs?: number | undefined }) => {
    const found = asked.minDurationUs === undefined ? Math.min(limit, count(asked.startUs, asked.endUs)) : 0;
    const answer = { blocks: [], problems: [], count: found, isPartial: false, api: 'api' as const };
    return answerOf(answer, found >= limit);
  };
  const sampler = new ServiceSampler({
    client: { search },
    accept: async () => undefined,
    seed: seed * 77_777,
  });
  const request = { service: { name: 'svc', operation: 'op' }, nowUs, limit, budget: 24 };
  const rounds: { readonly isHeld: boolean; readonly off: number }[] = [];
  for (let round = 0; round < 3; round++) {
    const back = round === 0 ? lookbackUs : Math.min(lookbackUs, 120 * secondUs);
    const window = { startUs: nowUs - back, endUs: nowUs + 60 * secondUs };
    const { strata } = await sampler.sample({ ...request, window, slowUs: undefined, signal: never });
    const coverage = new Coverage();
    coverage.put('svc', strata, 0);
    const estimated = strata.reduce((sum, stratum) => sum + stratum.count * stratum.weight, 0);
    const off = estimated / starts.length - 1;
    rounds.push({ isHeld: Math.abs(off) <= (coverage.error('svc')?.relativeError ?? 0) + 0.01, off });
  }
  return rounds;
}

describe('the stated error of an estimate', () => {
  const traffics: readonly [what: string, traffic: Traffic, lookbackUs: number, leastHeld: number][] = [
    ['steady traffic', between(8000, 0, 120), 120 * secondUs, 0.95],
    ['traffic that began and ended within the window', between(4000, 2, 62), 3600 * secondUs, 0.92],
    // A burst between two slices leaves nothing to tell it by.
    [
      'three bursts',
      (random) => [5, 40, 90].flatMap((at) => between(1300, at, at + 12)(random)),
      120 * secondUs,
      0.75,
    ],
  ];
  for (const [what, traffic, lookbackUs, leastHeld] of traffics) {
    it(`is kept to by ${what}`, async () => {
      const polls: Awaited<ReturnType<typeof poll>>[] = [];
      for (let seed = 1; seed <= runs; seed++) polls.push(await poll(traffic, lookbackUs, seed));
      for (const round of [0, 1, 2]) {
        const its = polls.flatMap((rounds) => rounds[round] ?? []);
        const held = its.filter(({ isHeld }) => isHeld).length / runs;
        assert.ok(held >= leastHeld, `in ${held} of the polls of round ${round + 1}`);
        const bias = its.reduce((sum, { off }) => sum + off, 0) / runs;
        const spread = Math.sqrt(its.reduce((sum, { off }) => sum + off ** 2, 0) / runs);
        assert.ok(Math.abs(bias) <= (4 * spread) / Math.sqrt(runs), `${bias} on average, spread ${spread}`);
      }
    }).timeout(20_000);
  }
});
