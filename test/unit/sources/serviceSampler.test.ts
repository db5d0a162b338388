import assert from 'node:assert/strict';
import { isWhole } from '../../../src/core/sampling/stratum';
import { ServiceSampler } from '../../../src/sources/serviceSampler';
import { inferenceName, storeOf } from '../core/store/storeOf';
import { type Event, FakePopulation, pickings, randomOf } from './fakePopulation';
import { never } from './testClient';

const minuteUs = 60_000_000;
const nowUs = 1_700_000_000_000_000;
const limit = 50;
const steadyWindow = { startUs: nowUs - 75_000_000, endUs: nowUs + minuteUs };

/** Fast inferences, more of them and slower ones towards the end, and one in a hundred that takes seconds. */
function skewed(count: number, seed = 1): Event[] {
  const random = randomOf(seed);
  return Array.from({ length: count }, () => {
    const at = Math.sqrt(random());
    const isSlow = random() < 0.01;
    return {
      startUs: Math.floor(nowUs - minuteUs + at * minuteUs),
      latencyMs: isSlow ? 2000 + 3000 * random() : 5 + 20 * at - 10 * Math.log(1 - random()),
    };
  });
}

function setUp(server: FakePopulation, seed = 1) {
  const { store } = storeOf();
  const sampler = new ServiceSampler({
    client: server,
    accept: async ({ blocks }) => void store.addBlocks(blocks, nowUs),
    seed,
  });
  const poll = async (budget: number, more: Partial<Parameters<typeof sampler.sample>[0]> = {}) => {
    const result = await sampler.sample({
      service: { name: 'svc', operation: inferenceName },
      window: { startUs: nowUs - 10 * minuteUs, endUs: nowUs + minuteUs },
      ...{ nowUs, limit, budget, slowUs: 2_000_000, signal: never, ...more },
    });
    store.cover('svc', result.strata, nowUs);
    return result;
  };
  const mean = (isWeighted: boolean) => {
    const points = store.signal('storage_latency_ms');
    const weights = points.map(({ weight = 1 }) => (isWeighted ? weight : 1));
    const total = weights.reduce((a, b) => a + b, 0);
    return points.reduce((sum, { value }, i) => sum + value * (weights[i] ?? 0), 0) / total;
  };
  const heldSlow = () =>
    store.inferences().filter(({ storageLatencyMs = 0 }) => storageLatencyMs > 2000).length;
  return { store, poll, mean, heldSlow };
}

function meanOf(events: readonly Event[]): number {
  return events.reduce((sum, { latencyMs }) => sum + latencyMs, 0) / events.length;
}

/** Polls with many seeds; what the store makes of each. */
async function estimates(picking: (typeof pickings)[number]) {
  const truth = skewed(2400);
  const slow = truth.filter(({ latencyMs }) => latencyMs > 2000).length;
  const seen: Record<'total' | 'mean' | 'plain' | 'isHeld', number[]> = {
    total: [],
    mean: [],
    plain: [],
    isHeld: [],
  };
  for (let seed = 1; seed <= 24; seed++) {
    const server = new FakePopulation(truth, picking);
    const { store, poll, mean, heldSlow } = setUp(server, seed * 77_777);
    await poll(24, { window: steadyWindow });
    assert.ok(server.searches.length <= 24, `${server.searches.length} requests`);
    assert.equal(heldSlow(), slow, 'all that are slow');
    const sample = store.sample('svc');
    assert.ok(sample && sample.known < 1200 && !sample.isAtLeast, JSON.stringify(sample));
    seen.total.push(sample.estimated);
    seen.mean.push(mean(true));
    seen.plain.push(mean(false));
    seen.isHeld.push(Math.abs(sample.estimated / truth.length - 1) <= sample.relativeError ? 1 : 0);
  }
  return { truth, seen };
}

/** A mean of several, and how far it may be off by chance. */
function assertNear(values: readonly number[], expected: number, what: string): void {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  const error = (4 * spread) / Math.sqrt(values.length);
  assert.ok(Math.abs(mean - expected) <= error, `${what} ${mean} of ${expected} ± ${error}`);
  assert.ok(error < expected / 5, `${what} says too little: ± ${error}`);
}

describe('ServiceSampler', function () {
  this.timeout(20_000);

  it('asks once for what comes whole', async () => {
    const server = new FakePopulation(skewed(limit - 1));
    const { store, poll } = setUp(server);
    assert.deepEqual((await poll(24)).strata.map(isWhole), [true]);
    assert.deepEqual([server.searches.length, store.sample('svc')], [1, undefined]);
  });

  for (const picking of pickings) {
    it(`gets all of what the budget suffices for, from a server that gives the ${picking}`, async () => {
      const server = new FakePopulation(skewed(600), picking);
      const { store, poll } = setUp(server);
      const { strata } = await poll(200);
      assert.equal(store.stats().inferences, 600);
      assert.ok(strata.every(isWhole));
      assert.equal(store.sample('svc'), undefined);
      assert.ok(server.searches.length < 80, `${server.searches.length} requests`);
    });

    it(`misses no slow one and estimates without bias, from one that gives the ${picking}`, async () => {
      const { truth, seen } = await estimates(picking);
      assertNear(seen.total, truth.length, 'count');
      assertNear(seen.mean, meanOf(truth), 'average');
      const held = seen.isHeld.reduce((a, b) => a + b, 0);
      assert.ok(held >= 20, `the true count lay within the stated error ${held} times of 24`);
      const leastPlain = Math.min(...seen.plain);
      assert.ok(leastPlain > 1.3 * meanOf(truth), `an average without weights is no better: ${leastPlain}`);
    });
  }

  it('asks for the same parts of a time again, and needs fewer requests once it knows the load', async () => {
    const server = new FakePopulation(skewed(2400));
    const { store, poll } = setUp(server);
    await poll(24);
    await poll(24, { window: steadyWindow });
    const held = store.stats().traces;
    const { strata } = await poll(24, { window: steadyWindow });
    const now = store.stats().traces;
    assert.ok(
      now < 1.3 * held,
      `${now} traces, ${held} before: by new lots it would be nearly twice as many`,
    );
    assert.ok(strata.every(({ isCut }) => !isCut));
  });

  it('keeps to a budget of one', async () => {
    const server = new FakePopulation(skewed(2400));
    const { store, poll } = setUp(server);
    for (let round = 0; round < 8; round++) {
      const before = server.searches.length;
      await poll(1, { window: steadyWindow });
      assert.equal(server.searches.length - before, 1);
    }
    const sample = store.sample('svc');
    assert.ok(sample && sample.estimated > 1000, JSON.stringify(sample));
  });

  it('says that there are at least so many when a moment has more than any answer', async () => {
    const crowd = Array.from({ length: 500 }, (_, i) => ({ startUs: nowUs - 5, latencyMs: i % 7 }));
    const server = new FakePopulation(crowd);
    const { store, poll } = setUp(server);
    await poll(100);
    assert.ok(server.searches.length <= 100);
    assert.equal(store.sample('svc')?.isAtLeast, true);
    assert.ok(store.stats().inferences >= limit);
  });

  it('takes more than it asked for as a sign that there may be more still', async () => {
    const server = new FakePopulation(skewed(600));
    server.excess = 7;
    const { store, poll } = setUp(server);
    assert.ok((await poll(200)).strata.every(isWhole));
    assert.equal(store.stats().inferences, 600);
  });

  it('finds out that a server gives fewer than it is asked for, and asks for all again', async () => {
    const server = new FakePopulation(skewed(600));
    server.hiddenLimit = 20;
    const { store, poll } = setUp(server);
    assert.equal((await poll(200)).again, 'nothing', 'twenty may be all there are');
    assert.equal((await poll(200)).again, 'all', 'the same number again, and each half has it too');
    const { again, strata } = await poll(200);
    assert.deepEqual([again, strata.every(isWhole)], ['nothing', true]);
    assert.equal(store.stats().inferences, 600);
  });

  it('looks only once behind a number that comes again and again because it is true', async () => {
    const server = new FakePopulation(skewed(30));
    const { poll } = setUp(server);
    for (let round = 0; round < 5; round++) assert.equal((await poll(24)).again, 'nothing');
    const later = server.searches.length;
    await poll(24);
    assert.equal(server.searches.length, later + 1);
  });
});
