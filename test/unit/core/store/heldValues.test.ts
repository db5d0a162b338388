import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { Selection, ValueColumn } from '../../../../src/core/alerts/valueColumn';
import { blockOf } from '../../../../src/core/columns/writeTrace';
import { mergeColumns } from '../../../../src/core/store/mergeColumns';
import { columnOf } from '../alerts/columnsOf';
import { traceOf } from '../spanOf';
import { inferenceName, inferenceTrace, storeOf } from './storeOf';

const latency: Selection = {
  signal: { kind: 'attribute', name: 'storage_latency_ms' },
  ...{ service: '', operation: '', groupBy: ['service'] },
};
const always = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;

/** The values of each group, by its labels. */
function valuesOf(store: ReturnType<typeof storeOf>['store'], selection: Partial<Selection> = {}) {
  const series = store.values.series({ ...latency, ...selection }, ...always);
  return Object.fromEntries(
    series.map(({ labels, columns }) => [labels.join(), columns.flatMap(({ value }) => [...value])]),
  );
}

describe('HeldValues', () => {
  it('is what the store says of a signal, in its order, whatever came and went', () => {
    const inference = fc.record({
      id: fc.integer({ min: 1, max: 12 }),
      endUs: fc.integer({ min: 100, max: 200 }),
      service: fc.constantFrom('a', 'b'),
    });
    fc.assert(
      fc.property(fc.array(fc.array(inference), { maxLength: 4 }), (batches) => {
        const { store } = storeOf({ maxAgeUs: 90 });
        for (const batch of batches) {
          store.add(
            batch.map(({ id, endUs, service }) => inferenceTrace(id, endUs, endUs, { service })),
            220,
          );
          const expected = store
            .services()
            .map((service) => [
              service,
              store.signal('storage_latency_ms', { service }).map(({ value }) => value),
            ]);
          assert.deepEqual(valuesOf(store), Object.fromEntries(expected));
        }
      }),
    );
  });

  it('measures each signal', () => {
    const { store } = storeOf();
    const attributes = { model_prediction: 'cat', confidence: 0.9, queue: '7' };
    store.add([inferenceTrace(1, 10, 40, { attributes, durationUs: 3000, status: 'error' })], 0);
    store.add([inferenceTrace(2, 20, 50, { attributes: { model_prediction: 'dog' } })], 0);
    const of = (signal: Selection['signal']) => Object.values(valuesOf(store, { signal, groupBy: [] }))[0];
    assert.deepEqual(
      [
        of({ kind: 'derived_storage_latency' }),
        of({ kind: 'span_duration' }),
        of({ kind: 'error_share' }),
        of({ kind: 'prediction_share', label: 'cat' }),
        of({ kind: 'confidence', name: 'confidence' }),
        of({ kind: 'attribute', name: 'queue' }),
      ],
      [[50, 40], [0.01, 3], [0, 1], [0, 1], [0.9], [7]],
    );
  });

  it('derives the storage latency where no attribute says it, anew when the trace has grown', () => {
    const { store } = storeOf();
    const signal = { kind: 'derived_storage_latency' } as const;
    const whole = { id: 1, name: inferenceName, startTimeUs: 0, durationUs: 1000 };
    store.mergeBlocks([blockOf([traceOf([whole])])], 0);
    assert.deepEqual(valuesOf(store, { signal, groupBy: [] }), {});
    const stored = { id: 2, parent: 1, startTimeUs: 100, durationUs: 700, kind: 'client' } as const;
    store.mergeBlocks([blockOf([traceOf([{ ...stored, attributes: { 'db.system': 'redis' } }])])], 0);
    assert.deepEqual(valuesOf(store, { signal, groupBy: [] }), { '': [0.7] });
  });

  it('takes spans of another operation, of one service', () => {
    const { store } = storeOf();
    const spans = (service: string, id: number) =>
      traceOf(
        [
          {
            name: 'load',
            startTimeUs: id * 10,
            durationUs: 2000,
            service,
            id: id * 2,
            attributes: { n: id },
          },
          { name: 'other', startTimeUs: id * 10, durationUs: 9000, service, id: id * 2 + 1 },
        ],
        id,
      );
    store.add([spans('b', 2), spans('a', 1)], 0);
    const signal = { kind: 'span_duration' } as const;
    assert.deepEqual(valuesOf(store, { signal, operation: 'load' }), { a: [2], b: [2] });
    assert.deepEqual(
      valuesOf(store, { signal: { kind: 'attribute', name: 'n' }, operation: 'load', service: 'b' }),
      {
        b: [2],
      },
    );
    assert.deepEqual(valuesOf(store, { signal, operation: 'unheard' }), {});
  });

  it('groups by labels: of the span, of its resource, by its prediction', () => {
    const { store } = storeOf();
    for (const [id, version] of ['v1', 'v2', 'v1'].entries())
      store.add(
        [
          inferenceTrace(id + 1, id, id, {
            attributes: { 'model.version': version, model_prediction: 'cat' },
          }),
        ],
        0,
      );
    assert.deepEqual(valuesOf(store, { groupBy: ['model.version', 'prediction'] }), {
      'v1,cat': [0, 2],
      'v2,cat': [1],
    });
  });

  it('finds the span whose value is nearest, of equals the last, in a time', () => {
    const { store } = storeOf();
    for (const [i, value] of [100, 400, 400, 900].entries())
      store.add([inferenceTrace(i + 1, i + 10, value)], 0);
    const [service = ''] = store.services();
    const nearest = (value: number, range: readonly [number, number]) =>
      store.values
        .nearest({ ...latency, labels: [service] }, value, range)
        ?.attributes.get('storage_latency_ms');
    assert.deepEqual(
      [nearest(420, [0, 99]), nearest(9999, [0, 99]), nearest(420, [12, 99])],
      [400, 900, 900],
    );
    assert.equal(nearest(1, [50, 60]), undefined);
    const span = store.values.nearest({ ...latency, labels: [service] }, 400, [0, 99]);
    assert.equal(span && span.startTimeUs + span.durationUs, 12);
  });

  it('knows when the newest inference ended', () => {
    const { store } = storeOf();
    assert.equal(store.values.newestUs(), undefined);
    store.add([inferenceTrace(1, 30, 1), inferenceTrace(2, 20, 1)], 0);
    assert.equal(store.values.newestUs(), 30);
  });
});

/** Columns, one after the other. */
const together = (columns: readonly ValueColumn[]) => ({
  timeUs: columns.flatMap(({ timeUs }) => [...timeUs]),
  value: columns.flatMap(({ value }) => [...value]),
  weight: columns.flatMap(({ value, weight }) => [...(weight ?? value.map(() => 1))]),
});

describe('mergeColumns', () => {
  it('has all values in the order of time, each with its weight', () => {
    const part = fc.tuple(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1 }), fc.boolean());
    fc.assert(
      fc.property(fc.array(part, { minLength: 1 }), (parts) => {
        const columns = parts.map(([times, isSample], part) =>
          columnOf(
            times.sort((a, b) => a - b).map((timeUs) => [timeUs, part * 1000 + timeUs]),
            isSample ? times.map(() => 3) : undefined,
          ),
        );
        const merged = together(mergeColumns(columns));
        const all = parts.flatMap(([times], part) => times.map((time) => part * 1000 + time));
        assert.deepEqual([...merged.value].sort(), all.sort());
        assert.deepEqual(
          [...merged.timeUs],
          [...merged.timeUs].sort((a, b) => a - b),
        );
        assert.ok(merged.value.every((value, i) => value % 1000 === merged.timeUs[i]));
        for (const [i, weight] of merged.weight.entries())
          assert.equal(weight, parts[Math.floor((merged.value[i] ?? 0) / 1000)]?.[1] ? 3 : 1);
      }),
    );
  });
});
