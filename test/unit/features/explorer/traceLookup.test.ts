import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { TraceLookup } from '../../../../src/features/explorer/traceLookup';
import { spanId, traceId, traceOf } from '../../core/spanOf';
import { inferenceTrace, storeOf } from '../../core/store/storeOf';

describe('TraceLookup', () => {
  it('finds traces of the store and those that were opened, the last one first', () => {
    const { store } = storeOf();
    const lookup = new TraceLookup(store);
    store.add([inferenceTrace(1, 100, 5)], 0);
    lookup.open(traceOf([{}], 2));
    lookup.open(traceOf([{}], 3));
    lookup.open(traceOf([{}], 2));
    assert.deepEqual(lookup.openedIds, [traceId(2), traceId(3)]);
    assert.ok([1, 2, 3].every((id) => lookup.trace(traceId(id))));
    assert.equal(lookup.trace(traceId(4)), undefined);
  });

  it('prefers what the store has, which may have grown', () => {
    const { store } = storeOf();
    const lookup = new TraceLookup(store);
    lookup.open(traceOf([{ id: 1 }], 1));
    store.add([traceOf([{ id: 1 }, { id: 2 }], 1)], 0);
    assert.equal(lookup.trace(traceId(1))?.spans.length, 2);
  });

  it('keeps twenty opened traces, and none after they were cleared', () => {
    const lookup = new TraceLookup(storeOf().store);
    for (let id = 1; id <= 25; id++) lookup.open(traceOf([{}], id));
    assert.equal(lookup.openedIds.length, 20);
    assert.deepEqual([lookup.openedIds.at(0), lookup.openedIds.at(-1)], [traceId(25), traceId(6)]);
    lookup.clearOpened();
    assert.deepEqual(lookup.openedIds, []);
  });

  it('finds each span of a tree, and sees a trace that came anew', () => {
    const { store } = storeOf();
    const lookup = new TraceLookup(store);
    store.add([traceOf([{ id: 1 }, { id: 2, parent: 1 }, { id: 3, parent: 2 }])], 0);
    assert.deepEqual(
      lookup.roots(traceId(1)).map(({ span }) => span.spanId),
      [spanId(1)],
    );
    assert.equal(lookup.span(traceId(1), spanId(2))?.children.length, 1);
    assert.equal(lookup.span(traceId(1), spanId(3))?.span.spanId, spanId(3));
    assert.equal(lookup.span(traceId(1), spanId(3)), lookup.span(traceId(1), spanId(3)));
    store.add([traceOf([{ id: 1 }, { id: 2, parent: 1 }, { id: 3, parent: 2 }, { id: 4, parent: 2 }])], 0);
    assert.equal(lookup.span(traceId(1), spanId(2))?.children.length, 2);
    store.clear();
    assert.deepEqual([lookup.roots(traceId(1)), lookup.span(traceId(1), spanId(1))], [[], undefined]);
  });

  it('goes down as deep as a trace does', () => {
    const lookup = new TraceLookup(storeOf().store);
    lookup.open(
      traceOf(Array.from({ length: 8000 }, (_, id) => ({ id, ...(id > 0 ? { parent: id - 1 } : {}) }))),
    );
    assert.ok(lookup.span(traceId(1), spanId(7999)));
  });
});
