import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { CriticalShares, recentTraces } from '../../../../src/core/store/criticalShares';
import { traceOf } from '../spanOf';
import { inferenceName, storeOf } from './storeOf';

/** An inference of 100 µs at a time that waited so long for its storage, and 10 µs for its model. */
const trace = (id: number, storageUs: number, startTimeUs = id * 1000) =>
  traceOf(
    [
      { id: 1, name: inferenceName, startTimeUs, durationUs: 100 },
      { id: 2, parent: 1, name: 'load', startTimeUs, durationUs: storageUs },
      { id: 3, parent: 1, name: 'model', startTimeUs: startTimeUs + 90, durationUs: 10 },
    ],
    id,
  );

function finish(shares: CriticalShares): number {
  let steps = 1;
  while (shares.step()) steps++;
  return steps;
}
function percents(shares: CriticalShares): Record<string, number> {
  return Object.fromEntries(
    [...shares.shares()].map(([key, { share }]) => [JSON.parse(key)[1], Math.round(share * 100)]),
  );
}

describe('what traces waited for', () => {
  it('is the self time on the critical path, by place in the code', () => {
    const { store } = storeOf();
    store.add([trace(1, 70), trace(2, 50)], 0);
    const shares = new CriticalShares(store);
    assert.deepEqual(percents(shares), {});
    assert.equal(finish(shares), 1);
    assert.deepEqual(percents(shares), { [inferenceName]: 30, load: 60, model: 10 });
    assert.equal(shares.traceCount, 2);
  });

  it('names a span of the newest trace as an example', () => {
    const { store } = storeOf();
    store.add([trace(1, 70), trace(2, 50)], 0);
    const shares = new CriticalShares(store);
    finish(shares);
    for (const { example } of shares.shares().values()) assert.equal(Number(example.traceId), 2);
  });

  it('is of the newest traces with an inference, a few at a step', () => {
    const { store } = storeOf();
    store.add([traceOf([{ name: 'nightly', durationUs: 1e9, startTimeUs: 1e9 }], 9999)], 0);
    store.add(
      Array.from({ length: 2 * recentTraces }, (_, i) => trace(i + 1, i < recentTraces ? 10 : 80)),
      0,
    );
    const shares = new CriticalShares(store);
    assert.equal(shares.step(), true);
    assert.ok(shares.traceCount < recentTraces);
    finish(shares);
    assert.equal(shares.traceCount, recentTraces);
    assert.deepEqual(percents(shares), { [inferenceName]: 10, load: 80, model: 10 });
  });

  it('follows traces that come, change and go', () => {
    const { store } = storeOf();
    const shares = new CriticalShares(store);
    store.onDidChange(({ updated }) => shares.forget(updated));
    store.add([trace(1, 70)], 0);
    finish(shares);
    store.add([trace(1, 20)], 0);
    finish(shares);
    assert.deepEqual(percents(shares), { [inferenceName]: 70, load: 20, model: 10 });
    store.add([trace(2, 80)], 0);
    finish(shares);
    assert.deepEqual(percents(shares), { [inferenceName]: 40, load: 50, model: 10 });
    store.clear();
    finish(shares);
    assert.deepEqual([percents(shares), shares.traceCount], [{}, 0]);
  });

  it('leaves out a trace of more spans than can be looked at between two keystrokes', () => {
    const { store } = storeOf();
    const many = Array.from({ length: 5001 }, (_, i) => ({ id: i + 1, name: inferenceName, durationUs: 5 }));
    store.add([traceOf(many, 1), trace(2, 50)], 0);
    const shares = new CriticalShares(store);
    finish(shares);
    assert.deepEqual(percents(shares), { [inferenceName]: 40, load: 50, model: 10 });
  });
});
