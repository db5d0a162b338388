import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { blockOf } from '../../../../src/core/columns/writeTrace';
import { TraceStore } from '../../../../src/core/store/traceStore';
import { defaultInferenceDefinition } from '../../../../src/core/trace/inference';
import type { Trace } from '../../../../src/core/trace/trace';
import { plainTrace } from '../columns/plain';
import { traceId, traceOf } from '../spanOf';
import { inferenceTrace, storeOf } from './storeOf';

const bytesOf = (trace: Trace) => blockOf([trace]).traces.bytes[0] ?? 0;
const none = { added: [], updated: [], removed: [] };

describe('TraceStore', () => {
  it('says what came, and holds it', () => {
    const { store, changes } = storeOf();
    const trace = traceOf([{ id: 1 }, { id: 2 }], 7);
    store.add([trace], 0);
    assert.deepEqual(changes, [{ ...none, added: [traceId(7)] }]);
    assert.deepEqual(plainTrace(store.trace(traceId(7)) ?? assert.fail()), trace);
    assert.equal(store.trace('__proto__'), undefined);
    assert.deepEqual([store.stats().traces, store.stats().spans], [1, 2]);
  });

  it('says nothing of a trace that it holds already', () => {
    const { store, changes } = storeOf();
    store.add([traceOf([{ id: 1 }])], 0);
    assert.deepEqual(store.add([traceOf([{ id: 1 }])], 0), none);
    assert.equal(changes.length, 1);
  });

  it('replaces a trace that grew, and counts the new one only', () => {
    const { store, changes } = storeOf();
    const grown = traceOf([{ id: 1 }, { id: 2, name: 'late' }]);
    store.add([traceOf([{ id: 1 }])], 0);
    store.add([grown], 0);
    assert.deepEqual(changes[1], { ...none, updated: [traceId(1)] });
    assert.deepEqual([store.stats().traces, store.stats().spans], [1, 2]);
    assert.equal(store.stats().bytes, bytesOf(grown));
  });

  it('names a trace once that comes twice in one go', () => {
    const { store, changes } = storeOf();
    store.add([traceOf([{ id: 1 }]), traceOf([{ id: 1 }, { id: 2 }])], 0);
    store.add([traceOf([{ id: 3 }]), traceOf([{ id: 4 }])], 0);
    assert.deepEqual(changes, [
      { ...none, added: [traceId(1)] },
      { ...none, updated: [traceId(1)] },
    ]);
  });

  it('lets traces go when they are older than the limit, not before', () => {
    const { store, changes } = storeOf({ maxAgeUs: 100 });
    store.add([inferenceTrace(1, 50, 1), inferenceTrace(2, 80, 1)], 100);
    assert.deepEqual(store.evict(150), none);
    store.evict(151);
    assert.deepEqual(changes.at(-1), { ...none, removed: [traceId(1)] });
    assert.deepEqual([store.stats().traces, store.stats().evictedByAge], [1, 1]);
  });

  it('lets the traces go that ended first when they are too many', () => {
    const size = bytesOf(inferenceTrace(1, 0, 1));
    const { store, changes } = storeOf({ maxBytes: 2 * size });
    store.add([inferenceTrace(1, 30, 1), inferenceTrace(2, 10, 1)], 30);
    store.add([inferenceTrace(3, 20, 1)], 30);
    assert.deepEqual(changes[1], { ...none, added: [traceId(3)], removed: [traceId(2)] });
    assert.ok(store.stats().bytes <= 2 * size);
    assert.deepEqual([store.stats().traces, store.stats().evictedBySize], [2, 1]);
  });

  it('says nothing of traces that come too old, however often they come', () => {
    const { store, changes } = storeOf({ maxAgeUs: 100 });
    for (let i = 0; i < 3; i++) assert.deepEqual(store.add([inferenceTrace(1, 50, 1)], 1000 + i), none);
    assert.deepEqual(changes, []);
    assert.equal(store.stats().evictedByAge, 0);
  });

  it('says nothing of a trace that it cannot keep for its size', () => {
    const { store, changes } = storeOf({ maxBytes: 10 });
    assert.deepEqual(store.add([inferenceTrace(1, 50, 1)], 50), none);
    assert.deepEqual(changes, []);
    assert.deepEqual([store.stats().traces, store.stats().bytes, store.sites().length], [0, 0, 0]);
  });

  it('forgets everything when it is cleared', () => {
    const { store, changes } = storeOf({ maxAgeUs: 100 });
    store.add([inferenceTrace(1, 10, 1), inferenceTrace(2, 100, 1)], 100);
    store.evict(150);
    store.clear();
    assert.deepEqual(changes.at(-1), { ...none, removed: [traceId(2)] });
    const zero = {
      traces: 0,
      spans: 0,
      inferences: 0,
      bytes: 0,
      evictedByAge: 0,
      evictedBySize: 0,
      unreadableLatencies: 0,
    };
    assert.deepEqual(store.stats(), zero);
    assert.deepEqual([store.sites(), store.inferences(), store.services()], [[], [], []]);
  });

  it('tells nobody after its end', () => {
    const { store, changes } = storeOf();
    store.dispose();
    store.add([traceOf([{ id: 1 }])], 0);
    assert.deepEqual(changes, []);
  });

  it('gives what a listener throws to its handler', () => {
    const errors: unknown[] = [];
    const store = new TraceStore({
      definition: defaultInferenceDefinition,
      limits: { maxAgeUs: 1, maxBytes: 1e6 },
      onListenerError: (error) => errors.push(error),
    });
    store.onDidChange(() => {
      throw new Error('a face');
    });
    store.add([traceOf([{ id: 1 }])], 0);
    assert.equal(String(errors[0]), 'Error: a face');
  });
});

describe('TraceStore.configure', () => {
  it('reads what it holds by the new definition', () => {
    const { store, changes } = storeOf();
    store.add([traceOf([{ name: 'predict', attributes: { took: 2 } }])], 0);
    assert.deepEqual(store.inferences(), []);
    const definition = {
      ...defaultInferenceDefinition,
      spanName: 'predict',
      latencyAttribute: 'took',
      latencyUnit: 's' as const,
    };
    store.configure(definition, { maxAgeUs: 1e9, maxBytes: 1e9 }, 0);
    assert.deepEqual(
      store.inferences().map((inference) => inference.storageLatencyMs),
      [2000],
    );
    assert.deepEqual(
      store.signal('took').map(({ value }) => value),
      [2000],
    );
    assert.deepEqual(changes.at(-1), { ...none, updated: [traceId(1)] });
  });

  it('applies the new limits at once, and does not name as updated what it let go', () => {
    const { store, changes } = storeOf();
    store.add([inferenceTrace(1, 10, 1), inferenceTrace(2, 90, 1)], 100);
    store.configure(defaultInferenceDefinition, { maxAgeUs: 50, maxBytes: 1e9 }, 100);
    assert.deepEqual(changes.at(-1), { added: [], updated: [traceId(2)], removed: [traceId(1)] });
    assert.equal(store.inferences().length, 1);
  });
});
