import assert from 'node:assert/strict';
import { tracesOf } from '../../../src/core/columns/tracesOf';
import type { Stratum } from '../../../src/core/sampling/stratum';
import { defaultInferenceDefinition } from '../../../src/core/trace/inference';
import type { Trace } from '../../../src/core/trace/trace';
import { Poller, type PollerOptions } from '../../../src/sources/poller';
import type { SourceStatus } from '../../../src/sources/sourceStatus';
import { plainTrace } from '../core/columns/plain';
import { FakeClock, settle } from './fakeClock';
import { FakeJaeger, fakeTrace } from './fakeJaeger';

const minuteUs = 60_000_000;

function setUp(settings: Partial<PollerOptions['settings']> = {}) {
  const clock = new FakeClock();
  const jaeger = new FakeJaeger();
  const got: Trace[] = [];
  const problems: string[] = [];
  const windows: [string, readonly Stratum[]][] = [];
  const poller = new Poller({
    client: jaeger,
    clock,
    random: () => 0.5,
    onWindow: (service, strata) => windows.push([service, strata]),
    onBlock: (block, newProblems) => {
      got.push(...tracesOf(block ? [block] : []).map(plainTrace));
      problems.push(...newProblems.map(({ what, where }) => `${what} ${where}`));
    },
    settings: {
      services: [],
      inference: defaultInferenceDefinition,
      intervalMs: 10_000,
      lookbackUs: 60 * minuteUs,
      limit: 100,
      requestBudget: 24,
      ...settings,
    },
  });
  const kinds: string[] = [];
  poller.onDidChangeStatus((status) => kinds.push(status.kind));
  return { clock, jaeger, poller, got, problems, windows, kinds };
}

function failing(status: SourceStatus) {
  assert.ok(status.kind === 'failing', status.kind);
  return status;
}

describe('Poller', () => {
  it('looks back once, then asks for what is new, with an overlap', async () => {
    const { clock, jaeger, poller, kinds, got } = setUp();
    jaeger.tracesOf = { ai: [fakeTrace('ai')] };
    assert.equal(poller.status.kind, 'idle');
    poller.start();
    const firstUs = clock.nowMs() * 1000;
    await settle();
    assert.deepEqual([kinds, got.length], [['connecting', 'ok'], 1]);
    await clock.advance(10_000);
    const [first, second] = jaeger.searches;
    assert.equal(first?.operation, 'ai_inference_pipeline');
    assert.equal(first?.startUs, firstUs - 60 * minuteUs);
    assert.equal(second?.startUs, firstUs - minuteUs - 1, 'a minute, and the longest trace');
    assert.ok(second && second.endUs >= firstUs + 10_000_000);
    assert.deepEqual(
      jaeger.asked.filter((what) => what.startsWith('operations')),
      ['operations ai'],
    );
    poller.dispose();
  });

  it('takes an overlap of two long intervals', async () => {
    const { clock, jaeger, poller } = setUp({ intervalMs: 120_000 });
    poller.start();
    await clock.advance(120_000);
    const [first, second] = jaeger.searches;
    assert.equal(second!.startUs - first!.startUs, 60 * minuteUs - 4 * minuteUs);
    poller.dispose();
  });

  it('backs off, and recovers by itself from where it was', async () => {
    const { clock, jaeger, poller, kinds } = setUp();
    poller.start();
    await settle();
    const answeredUs = clock.nowMs() * 1000;
    jaeger.failures = { all: 'unreachable' };
    const waits: number[] = [];
    await clock.advance(10_000);
    const sinceUs = clock.nowMs() * 1000;
    for (let i = 0; i < 9; i++) {
      waits.push(clock.nextMs ?? -1);
      const status = failing(poller.status);
      assert.deepEqual([status.sinceUs, status.hasAnswered], [sinceUs, true]);
      assert.equal(status.retryAtUs, (clock.nowMs() + (clock.nextMs ?? 0)) * 1000);
      await clock.advance(clock.nextMs ?? 0);
    }
    assert.deepEqual(waits, [1500, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000]);
    jaeger.failures = {};
    await clock.advance(clock.nextMs ?? 0);
    assert.equal(kinds.at(-1), 'ok');
    assert.equal(jaeger.searches.at(-1)?.startUs, answeredUs - minuteUs);
    poller.dispose();
  });

  it('never looks back further than the look-back after an outage', async () => {
    const { clock, jaeger, poller } = setUp({ lookbackUs: 5 * minuteUs });
    poller.start();
    await settle();
    jaeger.failures = { all: 'timeout' };
    await clock.advance(30 * 60_000);
    jaeger.failures = {};
    await clock.advance(6 * 60_000);
    assert.ok(jaeger.searches.every(({ startUs, endUs }) => endUs - startUs <= 6 * minuteUs));
    poller.dispose();
  });

  it('keeps what others gave when one service fails, and asks that one again for all of it', async () => {
    const { clock, jaeger, poller, got, problems } = setUp({ services: ['a', 'b'] });
    jaeger.tracesOf = { a: [fakeTrace('a')], b: [fakeTrace('b')] };
    jaeger.failures = { 'search a': 'server' };
    poller.start();
    const firstUs = clock.nowMs() * 1000;
    await settle();
    assert.equal(poller.status.kind, 'ok');
    assert.deepEqual([got.length, problems], [1, ['a service could not be asked (server) a']]);
    jaeger.failures = {};
    await clock.advance(10_000);
    assert.equal(
      jaeger.searches.find(({ service }) => service === 'a')?.startUs,
      firstUs + 10_000_000 - 60 * minuteUs,
    );
    jaeger.failures = { 'search a': 'server', 'search b': 'too-large' };
    await clock.advance(10_000);
    assert.equal(poller.status.kind, 'failing');
    jaeger.failures = {};
    await clock.advance(1500);
    assert.equal(jaeger.searches.at(-1)?.limit, 50, 'half of what was too large');
    poller.dispose();
  });

  it('stops a poll at once when the server refuses', async () => {
    const { jaeger, poller } = setUp({ services: ['a', 'b'] });
    jaeger.failures = { 'search a': 'unauthorized' };
    poller.start();
    await settle();
    assert.equal(failing(poller.status).error.kind, 'unauthorized');
    assert.equal(failing(poller.status).hasAnswered, false);
    assert.ok(!jaeger.asked.includes('search b'));
    poller.dispose();
  });

  it('asks again for the time of an answer that ended early, and tells samples', async () => {
    const { clock, jaeger, poller, windows } = setUp();
    jaeger.answer = { isPartial: true, isSample: true };
    poller.start();
    await clock.advance(10_000);
    const [first, second] = jaeger.searches;
    assert.equal(second!.startUs - first!.startUs, 10_000_000);
    assert.deepEqual([windows.length, windows[0]?.[0], windows[0]?.[1][0]?.isCut], [2, 'ai', true]);
    poller.dispose();
  });

  it('joins a running poll, and polls at once otherwise', async () => {
    const { jaeger, poller } = setUp();
    poller.start();
    await Promise.all([poller.refresh(), poller.refresh()]);
    assert.equal(jaeger.searches.length, 1);
    await poller.refresh();
    assert.equal(jaeger.searches.length, 2);
    poller.dispose();
    await poller.refresh();
    assert.equal(jaeger.searches.length, 2);
  });

  it('pauses and resumes', async () => {
    const { clock, jaeger, poller } = setUp();
    poller.start();
    await settle();
    poller.pause();
    assert.equal(clock.timers.size, 0);
    await clock.advance(60_000);
    poller.resume();
    await clock.advance(0);
    assert.equal(jaeger.searches.length, 2, 'overdue');
    poller.pause();
    poller.resume();
    assert.equal(clock.nextMs, 10_000, 'not overdue');
    poller.dispose();
  });

  it('is slower without the focus, and quick when it returns', async () => {
    const { clock, jaeger, poller } = setUp();
    poller.start();
    await settle();
    poller.setFocused(false);
    assert.equal(clock.nextMs, 40_000);
    await clock.advance(15_000);
    poller.setFocused(true);
    await clock.advance(0);
    assert.equal(jaeger.searches.length, 2);
    poller.setFocused(false);
    await clock.advance(5000);
    poller.setFocused(true);
    assert.equal(clock.nextMs, 5000);
    jaeger.failures = { all: 'unreachable' };
    while ((clock.nextMs ?? 0) < 60_000) await clock.advance(clock.nextMs ?? 0);
    poller.setFocused(false);
    assert.ok((clock.nextMs ?? 0) >= 60_000);
    await clock.advance(20_000);
    jaeger.failures = {};
    poller.setFocused(true);
    await clock.advance(0);
    assert.equal(poller.status.kind, 'ok');
    poller.dispose();
  });

  it('leaves nothing behind', async () => {
    const { clock, jaeger, poller, kinds, got } = setUp();
    jaeger.isHanging = true;
    poller.start();
    const running = poller.refresh();
    poller.dispose();
    await running;
    assert.deepEqual([clock.timers.size, kinds, got.length], [0, ['connecting'], 0]);
    poller.start();
    poller.resume();
    poller.setFocused(true);
    assert.equal(clock.timers.size, 0);
  });

  it('goes on when a listener of the traces throws', async () => {
    const clock = new FakeClock();
    const client = new FakeJaeger();
    client.tracesOf = { ai: [fakeTrace('ai')] };
    const { settings } = {
      settings: {
        services: ['ai'],
        inference: defaultInferenceDefinition,
        intervalMs: 10_000,
        lookbackUs: 1,
        limit: 1,
        requestBudget: 1,
      },
    };
    const onBlock = () => {
      throw new TypeError('bug');
    };
    const poller = new Poller({
      client,
      clock,
      random: () => 0,
      onBlock,
      onWindow: () => undefined,
      settings,
    });
    poller.start();
    await settle();
    const { error } = failing(poller.status);
    assert.ok(error.cause instanceof TypeError);
    assert.equal(clock.nextMs, 1000);
    poller.dispose();
  });
});
