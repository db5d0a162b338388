import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { mix } from '../../../../src/core/statistics/mix';
import { quantile } from '../../../../src/core/statistics/quantile';
import { reduce } from '../../../../src/core/statistics/reducer';
import type { TraceStore } from '../../../../src/core/store/traceStore';
import { endTimeUs } from '../../../../src/core/trace/span';
import { spanId, traceId, traceOf } from '../spanOf';
import { inferenceName, inferenceTrace, storeOf } from './storeOf';

describe('the inferences of a store', () => {
  it('come in the order in which they ended, whatever the order of the traces', () => {
    const { store } = storeOf();
    store.add([inferenceTrace(1, 30, 1), inferenceTrace(2, 10, 2)], 0);
    store.add([inferenceTrace(3, 20, 3)], 0);
    assert.deepEqual(
      store.inferences().map(({ storageLatencyMs }) => storageLatencyMs),
      [2, 3, 1],
    );
  });

  it('are those that ended in (after, to]', () => {
    const { store } = storeOf();
    store.add(
      [10, 20, 30, 40].map((endUs, i) => inferenceTrace(i + 1, endUs, endUs)),
      0,
    );
    const ends = store.inferences({ afterUs: 10, toUs: 30 }).map(({ endTimeUs }) => endTimeUs);
    assert.deepEqual(ends, [20, 30]);
  });

  it('are each in exactly one of two windows that touch', () => {
    const times = fc.array(fc.nat(100), { maxLength: 20 });
    fc.assert(
      fc.property(times, fc.nat(100), (ends, cut) => {
        const { store } = storeOf();
        store.add(
          ends.map((endUs, i) => inferenceTrace(i + 1, endUs, 1)),
          0,
        );
        const both = [...store.inferences({ toUs: cut }), ...store.inferences({ afterUs: cut })];
        assert.deepEqual(both, store.inferences());
        assert.deepEqual(
          both.map(({ endTimeUs }) => endTimeUs),
          [...ends].sort((a, b) => a - b),
        );
      }),
      { numRuns: 50 },
    );
  }).timeout(20_000);

  it('can be asked for by service', () => {
    const { store } = storeOf();
    store.add([inferenceTrace(1, 10, 1, { service: 'b' }), inferenceTrace(2, 20, 2, { service: 'a' })], 0);
    store.add([traceOf([{ service: 'without' }], 3)], 0);
    assert.deepEqual(store.services(), ['a', 'b']);
    assert.deepEqual(
      store.inferences({ service: 'b' }).map(({ endTimeUs }) => endTimeUs),
      [10],
    );
    assert.deepEqual(store.inferences({ service: 'without' }), []);
  });

  it('are several when a trace has several', () => {
    const { store } = storeOf();
    store.add(
      [traceOf([1, 2, 3].map((id) => ({ id, name: id === 2 ? 'other' : inferenceName, startTimeUs: id })))],
      0,
    );
    assert.deepEqual(
      store.inferencesOf(traceId(1)).map(({ span }) => span.spanId),
      [spanId(1), spanId(3)],
    );
    assert.deepEqual(store.inferencesOf(traceId(9)), []);
  });

  it('count among those that cannot be read when their latency cannot', () => {
    const { store } = storeOf();
    store.add([inferenceTrace(1, 10, Number.NaN), inferenceTrace(2, 20, 5)], 0);
    assert.equal(store.stats().unreadableLatencies, 1);
  });
});

describe('a signal', () => {
  it('is what an attribute was at the end of each inference, without what is no number', () => {
    const { store } = storeOf();
    const tokens = (id: number, value: string | number) =>
      inferenceTrace(id, id * 10, 1, { attributes: { tokens: value } });
    store.add([tokens(3, '30'), tokens(1, 10), tokens(2, 'many'), inferenceTrace(4, 40, 1)], 0);
    assert.deepEqual(
      store.signal('tokens').map(({ timeUs, value, span }) => [timeUs, value, span.spanId]),
      [
        [10, 10, spanId(1)],
        [30, 30, spanId(3)],
      ],
    );
    assert.deepEqual(store.signal('__proto__'), []);
  });

  it('leaves out a latency that cannot be, but keeps another attribute that is negative', () => {
    const { store } = storeOf();
    store.add([inferenceTrace(1, 10, -5, { attributes: { delta: -5 } })], 0);
    assert.deepEqual(store.signal('storage_latency_ms'), []);
    assert.deepEqual(
      store.signal('delta').map(({ value }) => value),
      [-5],
    );
  });

  it('can be asked for by service and time', () => {
    const { store } = storeOf();
    store.add(
      [1, 2, 3].map((id) => inferenceTrace(id, id * 10, id, { service: id === 2 ? 'b' : 'a' })),
      0,
    );
    assert.deepEqual(
      store.signal('storage_latency_ms', { service: 'a', afterUs: 10 }).map(({ value }) => value),
      [3],
    );
  });
});

describe('the summary of sites', () => {
  const keyOf = (store: TraceStore, name: string) =>
    store.sites().find(({ spanName }) => spanName === name)?.key ?? '';

  it('has their newest spans, the one that ended last first, with the inference that each is', () => {
    const { store } = storeOf();
    const work = (id: number, startTimeUs: number) =>
      traceOf(
        [
          { id, name: 'work', startTimeUs },
          { id: 90 + id, name: 'other' },
        ],
        id,
      );
    store.add([work(1, 10), work(2, 30)], 0);
    store.add([work(3, 20), inferenceTrace(4, 40, 7)], 0);
    const { newest, inferences } = store.summary([keyOf(store, 'work')]);
    assert.deepEqual(
      newest.map(({ endTimeUs, inference }) => [endTimeUs, inference]),
      [
        [30, undefined],
        [20, undefined],
        [10, undefined],
      ],
    );
    assert.equal(inferences, 0);
    const [inference] = store.summary([keyOf(store, inferenceName)]).newest;
    assert.equal(inference?.inference?.storageLatencyMs, 7);
    assert.equal(store.summary(['no such site']).runs, 0);
  });

  it('says of the spans that are held what can be counted one by one, whatever came and went', () => {
    const draft = fc.record({
      id: fc.integer({ min: 1, max: 40 }),
      endUs: fc.nat(1000),
      latency: fc.oneof(fc.nat(500), fc.constant(Number.NaN)),
      label: fc.constantFrom('cat', 'dog', ''),
      status: fc.constantFrom('ok', 'error'),
      name: fc.constantFrom(inferenceName, 'work'),
    });
    const batches = fc.array(fc.array(draft, { maxLength: 8 }), { maxLength: 12 });
    fc.assert(
      fc.property(batches, fc.nat(1200), fc.nat(1000), (rounds, nowUs, sinceUs) => {
        const { store } = storeOf({ maxAgeUs: 600 });
        for (const round of rounds) {
          const traces = round.map(({ id, endUs, latency, label, status, name }) =>
            inferenceTrace(id, endUs, latency, { name, status, attributes: { model_prediction: label } }),
          );
          store.add(traces, nowUs);
        }
        const ids = [...new Set(rounds.flat().map(({ id }) => traceId(id)))];
        const spans = ids.flatMap((id) => store.trace(id)?.spans ?? []);
        const latencies = spans.map(({ attributes }) => Number(attributes.get('storage_latency_ms')));
        const known = latencies.filter((latency) => latency >= 0);
        const summary = store.summary(store.sites().map(({ key }) => key));
        const recent = spans.flatMap((span, i) => (endTimeUs(span) > sinceUs ? (latencies[i] ?? []) : []));
        assert.deepEqual(
          {
            runs: summary.runs,
            errors: summary.errors,
            avg: summary.latencyMs.avg?.toFixed(6),
            p95: summary.latencyMs.quantile(0.95),
            max: summary.latencyMs.max,
            duration: summary.durationUs.quantile(0.5),
            predictions: summary.predictions,
            recent: summary.averageLatencyMsSince(sinceUs)?.toFixed(6),
            recentPredictions: summary.predictionsSince(sinceUs),
            newest: summary.newest.map((sample) => sample.endTimeUs),
          },
          {
            runs: spans.length,
            errors: spans.filter(({ status }) => status === 'error').length,
            avg: reduce('avg', known)?.toFixed(6),
            p95: quantile(known, 0.95),
            max: reduce('max', known),
            duration: quantile(
              spans.map(({ durationUs }) => durationUs),
              0.5,
            ),
            predictions: mix(
              spans.flatMap(({ attributes }) => String(attributes.get('model_prediction')) || []),
            ),
            recent: reduce('avg', recent)?.toFixed(6),
            recentPredictions: mix(
              spans.flatMap((span) =>
                endTimeUs(span) > sinceUs ? String(span.attributes.get('model_prediction')) || [] : [],
              ),
            ),
            newest: spans.map(endTimeUs).sort((a, b) => b - a),
          },
        );
      }),
      { numRuns: 200 },
    );
  }).timeout(20_000);
});
