import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { InferenceGroups, type Shown } from '../../../../src/features/explorer/inferenceGroups';
import { noFilter } from '../../../../src/features/explorer/model';
import { inferenceTrace, storeOf } from '../../core/store/storeOf';

const all: Shown = { filter: noFilter, grouping: 'service', thresholdMs: 300 };

describe('groups of inferences', () => {
  it('are made once until the store changes, or what is to be shown does', () => {
    const { store } = storeOf();
    const groups = new InferenceGroups();
    store.add([inferenceTrace(1, 10, 100), inferenceTrace(2, 20, 500)], 0);
    const first = groups.of(store.inferences(), all);
    assert.equal(groups.of(store.inferences(), { ...all }), first);
    const slow = groups.of(store.inferences(), { ...all, filter: { ...noFilter, isSlowOnly: true } });
    assert.deepEqual([first[0]?.inferences.length, slow[0]?.inferences.length], [2, 1]);
    assert.equal(groups.of(store.inferences(), { ...all, grouping: 'state' }).length, 2);
    assert.equal(groups.of(store.inferences(), { ...all, grouping: 'state', thresholdMs: 600 }).length, 1);
    store.add([inferenceTrace(3, 30, 100)], 0);
    assert.equal(groups.of(store.inferences(), all)[0]?.inferences.length, 3);
  });
});
