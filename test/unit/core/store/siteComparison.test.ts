import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { quantile } from '../../../../src/core/statistics/quantile';
import { minBefore, minRecent } from '../../../../src/core/store/siteComparison';
import type { SiteSummary } from '../../../../src/core/store/siteSummary';
import { traceOf } from '../spanOf';
import { inferenceTrace, storeOf } from './storeOf';

/** A store that was told of inferences in pieces, each at the second of its index. */
function summaryOf(latencies: readonly number[], piece = 3): SiteSummary {
  const { store } = storeOf();
  const traces = latencies.map((latency, i) => inferenceTrace(i + 1, (i + 1) * 1000, latency));
  for (let from = 0; from < traces.length; from += piece) store.add(traces.slice(from, from + piece), 0);
  return store.summary(store.sites().map(({ key }) => key));
}
const times = (count: number, value: number) => Array.from({ length: count }, () => value);

describe('a comparison with the time before', () => {
  it('gives the medians of both times', () => {
    const summary = summaryOf([...times(20, 10), 9000, ...times(10, 450)]);
    assert.deepEqual(summary.compareWithBefore(21_000), { recent: 450, before: 10 });
  });

  it('says nothing when too little is known of one of them', () => {
    const summary = summaryOf([...times(minBefore, 10), ...times(minRecent, 20)]);
    assert.deepEqual(summary.compareWithBefore(minBefore * 1000), { recent: 20, before: 10 });
    assert.equal(summary.compareWithBefore(minBefore * 1000 - 1), undefined);
    assert.equal(summary.compareWithBefore(minBefore * 1000 + 1000), undefined);
    assert.equal(summary.compareWithBefore(0), undefined);
  });

  it('compares the durations of spans that are no inferences', () => {
    const { store } = storeOf();
    const durations = [...times(12, 5), ...times(6, 40)];
    store.add(
      durations.map((durationUs, i) => traceOf([{ name: 'read', startTimeUs: i * 1000, durationUs }], i + 1)),
      0,
    );
    const summary = store.summary(store.sites().map(({ key }) => key));
    assert.deepEqual(summary.compareWithBefore(11_500), { recent: 40, before: 5 });
    assert.equal(summary.compareWithBefore(99_000), undefined);
  });

  it('agrees with the medians of all values, however they came', () => {
    const latencies = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 16, maxLength: 60 });
    fc.assert(
      fc.property(
        latencies,
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 20 }),
        (all, split, piece) => {
          const [before, recent] = [all.slice(0, split), all.slice(split)];
          const isKnown = before.length >= minBefore && recent.length >= minRecent;
          const expected = { recent: quantile(recent, 0.5), before: quantile(before, 0.5) };
          assert.deepEqual(
            summaryOf(all, piece).compareWithBefore(split * 1000),
            isKnown ? expected : undefined,
          );
        },
      ),
    );
  });

  it('knows the traces of its spans, each once', () => {
    const { store } = storeOf();
    store.add(
      [
        traceOf(
          [
            { id: 1, name: 'a' },
            { id: 2, name: 'a' },
            { id: 3, name: 'b' },
          ],
          7,
        ),
      ],
      0,
    );
    store.add([traceOf([{ id: 4, name: 'b' }], 8)], 0);
    const keyOf = (name: string) =>
      store
        .sites()
        .filter(({ spanName }) => spanName === name)
        .map(({ key }) => key);
    const ids = (name: string) => [...store.summary(keyOf(name)).traceIds()].map((id) => Number(id)).sort();
    assert.deepEqual([ids('a'), ids('b')], [[7], [7, 8]]);
  });
});
