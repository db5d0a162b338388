import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { blockOf } from '../../../../src/core/columns/writeTrace';
import { joinSightings } from '../../../../src/core/summaries/joinSightings';
import { attributeSignal, durationSignal, minuteUs } from '../../../../src/core/summaries/minuteSummary';
import { defaultInferenceDefinition } from '../../../../src/core/trace/inference';
import type { Trace } from '../../../../src/core/trace/trace';
import { traceOf } from '../spanOf';
import { inferenceTrace } from '../store/storeOf';
import { countsOf, firstMinute, inference, inMinuteUs, observerOf } from './observer';

describe('summaries of minutes', () => {
  it('have counts, values, errors and predictions of each service', () => {
    const { store, told, tell } = observerOf('a');
    store.add([inference(1, 0, 10), inference(2, 0, 30)], 0);
    store.add([inferenceTrace(3, inMinuteUs(0), 500, { service: 'other', status: 'error' })], 0);
    tell();
    const [svc, other] = joinSightings(told);
    assert.deepEqual([svc?.service, svc?.inferences, svc?.errors], ['svc', 2, 0]);
    assert.deepEqual([...(svc?.predictions ?? [])].sort(), [
      ['p1', 1],
      ['p2', 1],
    ]);
    const latency = svc?.values.get(attributeSignal('storage_latency_ms'));
    assert.deepEqual([latency?.count, latency?.sum, latency?.min, latency?.max], [2, 40, 10, 30]);
    assert.equal(svc?.values.get(durationSignal)?.avg, 10);
    assert.deepEqual([other?.service, other?.errors], ['other', 1]);
  });

  it('count an inference in the minute in which it ended, the full minute belonging to the one before', () => {
    const { store, told, tell } = observerOf('a');
    const edge = (firstMinute + 1) * minuteUs;
    store.add([inferenceTrace(1, edge, 1), inferenceTrace(2, edge + 1, 1)], 0);
    tell();
    assert.deepEqual(countsOf(told), { 0: 1, 1: 1 });
  });

  it('count once what comes twice, late or in pieces', () => {
    const { store, told, tell } = observerOf('a');
    store.add([inference(1, 0)], 0);
    tell();
    store.add([inference(1, 0), inference(2, 1)], 0);
    tell();
    store.add([inference(3, 0)], 0);
    store.mergeBlocks([blockOf([traceOf([{ id: 2, startTimeUs: inMinuteUs(0) }], 1)])], 0);
    tell();
    assert.deepEqual(countsOf(told), { 0: 2, 1: 1 });
  });

  it('count an inference that was reported before it ended where it ended', () => {
    const { store, told, tell } = observerOf('a');
    const unfinished = inference(1, 0);
    store.add([unfinished], 0);
    tell();
    const span = unfinished.spans[0] ?? assert.fail();
    store.mergeBlocks([blockOf([{ ...unfinished, spans: [{ ...span, durationUs: minuteUs }] }])], 0);
    tell();
    assert.deepEqual(countsOf(told), { 0: 0, 1: 1 });
  });

  it('keep what was counted when the traces are let go, also when more of them come late', () => {
    const { store, told, tell } = observerOf('a', { maxBytes: 3000 });
    store.add(
      [1, 2, 3, 4, 5].map((id) => inference(id, 0)),
      0,
    );
    tell();
    for (let id = 10; id < 60; id++) store.add([inference(id, 1)], 0);
    tell();
    const left = store.inferences().length;
    assert.ok(left < 20 && store.inferences().every(({ endTimeUs }) => endTimeUs === inMinuteUs(1)));
    // Of a minute that was never there as a whole, what was there at once is counted.
    assert.deepEqual(countsOf(told), { 0: 5, 1: left });
    store.configure(defaultInferenceDefinition, { maxAgeUs: 1e18, maxBytes: 1e9 }, 0);
    store.add([inference(6, 0)], 0);
    tell();
    assert.deepEqual(countsOf(told), { 0: 5, 1: left });
  });

  it('are the same after a restart that looks at the same traces, or at a part of them', () => {
    const before = observerOf('a');
    before.store.add([inference(1, 0), inference(2, 0), inference(3, 1)], 0);
    before.tell();
    const after = observerOf('b');
    after.store.add([inference(2, 0)], 0);
    after.tell();
    assert.deepEqual(countsOf(before.told, after.told), { 0: 2, 1: 1 });
    after.store.add([inference(1, 0), inference(3, 1), inference(4, 1)], 0);
    after.tell();
    assert.deepEqual(countsOf(before.told, after.told), { 0: 2, 1: 2 });
  });

  it('are kept of a source that is no longer watched, and begin anew when it is again', () => {
    const { store, told, tell } = observerOf('a');
    store.add([inference(1, 0), inference(2, 0)], 0);
    tell();
    store.clear();
    store.add([inference(1, 0)], 0);
    tell();
    assert.deepEqual(countsOf(told), { 0: 2 });
  });

  it('leave out what cannot be: minutes of years ago, and of tomorrow', () => {
    const { store, told, tell } = observerOf('a');
    store.add(
      [inference(1, -15 * 24 * 60), inference(2, 60), inference(3, 5), inference(4, -13 * 24 * 60)],
      0,
    );
    tell();
    assert.deepEqual(countsOf(told), { [-13 * 24 * 60]: 1, 5: 1 });
  });

  it('hold few labels and services, however many there are', () => {
    const { store, told, tell } = observerOf('a');
    const traces = Array.from({ length: 100 }, (_, i) =>
      inferenceTrace(i + 1, inMinuteUs(0), 1, {
        attributes: { model_prediction: `label ${i < 50 ? 0 : i}` },
        service: i < 90 ? 'svc' : 'rare',
      }),
    );
    store.add(traces, 0);
    store.add(
      Array.from({ length: 60 }, (_, i) => inferenceTrace(200 + i, inMinuteUs(1), 1, { service: `s${i}` })),
      0,
    );
    tell();
    const [svc] = joinSightings(told);
    assert.deepEqual([svc?.predictions.size, svc?.predictions.get('label 0')], [16, 50]);
    assert.equal(svc?.otherPredictions, 90 - 50 - 15);
    assert.equal(joinSightings(told).filter(({ minute }) => minute === firstMinute + 1).length, 32);
  });

  it('count each inference once, in whatever order and pieces several windows see them', () => {
    const anyStep = fc.record({
      window: fc.constantFrom(0, 1),
      ids: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 6 }),
      tells: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 12 }), (steps) => {
        const windows = [observerOf('a'), observerOf('b')];
        const seen: Set<number>[] = [new Set(), new Set()];
        for (const { window, ids, tells } of steps) {
          const traces: Trace[] = [...new Set(ids)].map((id) => inference(id, id % 3));
          windows[window]?.store.add(traces, 0);
          for (const id of ids) seen[window]?.add(id);
          if (tells) windows[window]?.tell();
        }
        for (const { tell } of windows) tell();
        const expected: Record<number, number> = {};
        for (const minute of [0, 1, 2]) {
          const sizes = seen.map((ids) => [...ids].filter((id) => id % 3 === minute).length);
          const most = Math.max(...sizes);
          if (most > 0) expected[minute] = most;
        }
        assert.deepEqual(countsOf(...windows.map(({ told }) => told)), expected);
      }),
      { numRuns: 200 },
    );
  }).timeout(20_000);
});
