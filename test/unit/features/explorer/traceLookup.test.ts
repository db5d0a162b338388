import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { OpenedTraces } from '../../../../src/core/store/openedTraces';
import { defaultInferenceDefinition } from '../../../../src/core/trace/inference';
import { TraceLookup } from '../../../../src/features/explorer/traceLookup';
import { spanId, traceId, traceOf } from '../../core/spanOf';
import { importedFile } from '../../core/store/importedFile';
import { inferenceTrace, storeOf } from '../../core/store/storeOf';

function lookupOf() {
  const { store } = storeOf();
  const opened = new OpenedTraces({ definition: defaultInferenceDefinition, maxBytes: 1e9 });
  return { store, opened, lookup: new TraceLookup(store, opened) };
}

const ids = (trace: number, span: number) => ({ traceId: traceId(trace), spanId: spanId(span) });

describe('TraceLookup', () => {
  it('finds traces of the store, those that were opened, and those of files', () => {
    const { store, opened, lookup } = lookupOf();
    store.add([inferenceTrace(1, 100, 5)], 0);
    opened.open(traceOf([{}], 2));
    opened.addFile(importedFile(opened, 'a', [traceOf([{}], 3)]));
    assert.ok([1, 2, 3].every((id) => lookup.trace(traceId(id), 'all')));
    assert.equal(lookup.trace(traceId(4), 'all'), undefined);
  });

  it('prefers what the store has, which may have grown', () => {
    const { store, opened, lookup } = lookupOf();
    opened.open(traceOf([{ id: 1 }], 1));
    store.add([traceOf([{ id: 1 }, { id: 2 }], 1)], 0);
    assert.equal(lookup.trace(traceId(1), 'all')?.spans.length, 2);
  });

  it('finds in a file what the file has, whatever the store has of the same trace', () => {
    const { store, opened, lookup } = lookupOf();
    const inFile = { file: 'a' };
    opened.addFile(importedFile(opened, 'a', [inferenceTrace(1, 100, 5)]));
    store.add([inferenceTrace(1, 100, 7), traceOf([{}], 2)], 0);
    assert.equal(lookup.inference(ids(1, 1), inFile)?.storageLatencyMs, 5);
    assert.equal(lookup.inference(ids(1, 1), 'all')?.storageLatencyMs, 7);
    assert.equal(lookup.span(ids(1, 1), inFile)?.span.attributes.get('storage_latency_ms'), 5);
    assert.equal(lookup.trace(traceId(2), inFile), undefined);
    opened.removeFile('a');
    assert.equal(lookup.trace(traceId(1), inFile), undefined);
  });

  it('finds each span of a tree, and sees a trace that came anew', () => {
    const { store, lookup } = lookupOf();
    store.add([traceOf([{ id: 1 }, { id: 2, parent: 1 }, { id: 3, parent: 2 }])], 0);
    assert.deepEqual(
      lookup.roots(traceId(1), 'all').map(({ span }) => span.spanId),
      [spanId(1)],
    );
    assert.equal(lookup.span(ids(1, 2), 'all')?.children.length, 1);
    assert.equal(lookup.span(ids(1, 3), 'all')?.span.spanId, spanId(3));
    assert.equal(lookup.span(ids(1, 3), 'all'), lookup.span(ids(1, 3), 'all'));
    store.add([traceOf([{ id: 1 }, { id: 2, parent: 1 }, { id: 3, parent: 2 }, { id: 4, parent: 2 }])], 0);
    assert.equal(lookup.span(ids(1, 2), 'all')?.children.length, 2);
    store.clear();
    assert.deepEqual([lookup.roots(traceId(1), 'all'), lookup.span(ids(1, 1), 'all')], [[], undefined]);
  });

  it('goes down as deep as a trace does', () => {
    const { opened, lookup } = lookupOf();
    opened.open(
      traceOf(Array.from({ length: 8000 }, (_, id) => ({ id, ...(id > 0 ? { parent: id - 1 } : {}) }))),
    );
    assert.ok(lookup.span(ids(1, 7999), 'all'));
  });
});
