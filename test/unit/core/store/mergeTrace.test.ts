import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { blockOf } from '../../../../src/core/columns/writeTrace';
import { mergeTrace } from '../../../../src/core/store/mergeTrace';
import { buildSpanTree } from '../../../../src/core/trace/spanTree';
import { spanId, traceId, traceOf } from '../spanOf';
import { storeOf } from './storeOf';

const whole = [
  { id: 1, startTimeUs: 100, durationUs: 900 },
  { id: 2, parent: 1, startTimeUs: 200, durationUs: 500 },
  { id: 3, parent: 2, startTimeUs: 300, durationUs: 100 },
  { id: 4, parent: 1, startTimeUs: 800, durationUs: 100 },
];

describe('mergeTrace', () => {
  it('gives the same trace whatever the order and the cutting of its pieces', () => {
    const cut = fc.tuple(
      fc.shuffledSubarray(whole, { minLength: whole.length }),
      fc.integer({ min: 1, max: 3 }),
    );
    fc.assert(
      fc.property(cut, ([spans, at]) => {
        const merged = mergeTrace(
          mergeTrace(undefined, traceOf(spans.slice(0, at))),
          traceOf(spans.slice(at)),
        );
        assert.deepEqual(merged, traceOf(whole));
      }),
    );
  });

  it('keeps the longest of a span that came twice', () => {
    const merged = mergeTrace(traceOf([{ id: 1, durationUs: 5 }]), traceOf([{ id: 1, durationUs: 9 }]));
    assert.deepEqual(
      merged.spans.map(({ durationUs }) => durationUs),
      [9],
    );
  });
});

describe('pieces of a trace in the store', () => {
  it('become one trace, whose root comes last', () => {
    const { store } = storeOf();
    for (const piece of [[whole[3]], [whole[2]], [whole[1], whole[0]]]) {
      store.mergeBlocks([blockOf([traceOf(piece.flatMap((span) => span ?? []))])], 2000);
    }
    const trace = store.trace(traceId(1));
    assert.ok(trace);
    const roots = buildSpanTree(trace);
    assert.deepEqual(
      roots.map(({ span, isOrphan }) => [span.spanId, isOrphan]),
      [[spanId(1), false]],
    );
    assert.equal(store.stats().traces, 1);
  });

  it('may be several of one trace at once', () => {
    const { store } = storeOf();
    const change = store.mergeBlocks(
      [blockOf([traceOf([{ id: 1 }]), traceOf([{ id: 2, parent: 1 }])])],
      2000,
    );
    assert.deepEqual(change.added, [traceId(1)]);
    assert.equal(store.trace(traceId(1))?.spans.length, 2);
  });

  it('change nothing when they come again', () => {
    const { store } = storeOf();
    store.mergeBlocks([blockOf([traceOf(whole)])], 2000);
    const change = store.mergeBlocks([blockOf([traceOf(whole.slice(1, 3))])], 2000);
    assert.deepEqual(change, { added: [], updated: [], removed: [] });
  });
});
