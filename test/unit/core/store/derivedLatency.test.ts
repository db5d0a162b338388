import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { classShares } from '../../../../src/core/classify/timeSplit';
import { blockOf } from '../../../../src/core/columns/writeTrace';
import { findInferences } from '../../../../src/core/trace/findInferences';
import { defaultInferenceDefinition, type Inference } from '../../../../src/core/trace/inference';
import { spanKinds } from '../../../../src/core/trace/span';
import { type SpanDraft, spanId, traceId, traceOf } from '../spanOf';
import { inferenceName, storeOf } from './storeOf';

const pipeline = (more: SpanDraft = {}): SpanDraft => ({
  id: 1,
  name: inferenceName,
  durationUs: 1000,
  ...more,
});
const stored = (from: number, to: number, more: SpanDraft = {}): SpanDraft => ({
  ...{ id: 2, parent: 1, startTimeUs: from, durationUs: to - from, kind: 'client' },
  attributes: { 'db.system': 'redis' },
  ...more,
});
const chat = (more: SpanDraft = {}): SpanDraft => ({
  ...{ id: 1, name: 'chat gpt-4o', kind: 'client', durationUs: 500 },
  attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.response.finish_reasons': '["stop"]' },
  ...more,
});
const latencies = (of: ReturnType<typeof storeOf>['store']) =>
  of.inferences().map(({ storageLatencyMs, isLatencyDerived }) => [storageLatencyMs, isLatencyDerived]);

describe('the storage latency of an inference without its attribute', () => {
  it('is how long its trace waited for storage at or below it', () => {
    const { store } = storeOf();
    store.add([traceOf([pipeline(), stored(100, 800), stored(100, 400, { id: 3 })])], 0);
    assert.deepEqual(latencies(store), [[0.7, true]]);
    const [point] = store.signal('storage_latency_ms');
    assert.deepEqual([point?.value, point?.isDerived], [0.7, true]);
    assert.equal(store.summary(store.sites().map(({ key }) => key)).isLatencyDerived, true);
  });

  it('is nothing where there is no storage, and that of the attribute where there is one, though it cannot be read', () => {
    const { store } = storeOf();
    const read = (value: number | string) => pipeline({ attributes: { storage_latency_ms: value } });
    store.add([traceOf([pipeline({ durationUs: 10 })], 1)], 0);
    store.add([traceOf([read(5), stored(100, 800)], 2), traceOf([read('slow'), stored(100, 800)], 3)], 0);
    assert.deepEqual(latencies(store), [
      [undefined, false],
      [5, false],
      [undefined, false],
    ]);
    assert.equal(store.stats().unreadableLatencies, 1);
  });

  it('is derived anew when the trace has grown, or the rules are others', () => {
    const { store } = storeOf();
    store.mergeBlocks([blockOf([traceOf([pipeline()])])], 0);
    assert.deepEqual(latencies(store), [[undefined, false]]);
    store.mergeBlocks([blockOf([traceOf([stored(100, 300)])])], 0);
    assert.deepEqual(latencies(store), [[0.2, true]]);
    const everything = { maxAgeUs: Number.POSITIVE_INFINITY, maxBytes: Number.POSITIVE_INFINITY };
    const classify = [{ match: { attribute: 'db.system' }, as: 'model' as const }];
    store.configure({ ...defaultInferenceDefinition, classify }, everything, 0);
    assert.deepEqual(latencies(store), [[undefined, false]]);
  });
});

describe('calls of language models', () => {
  it('are inferences, with what they answered, in traces that have no other', () => {
    const { store } = storeOf();
    store.add([traceOf([pipeline(), chat({ id: 2, parent: 1 })], 1)], 0);
    store.add([traceOf([{ id: 1, name: 'agent', durationUs: 900 }, chat({ id: 2, parent: 1 })], 2)], 0);
    assert.deepEqual(
      store.inferences().map(({ span, prediction }) => [span.traceId, span.spanId, prediction]),
      [
        [traceId(2), spanId(2), 'stop'],
        [traceId(1), spanId(1), undefined],
      ],
    );
  });

  it('are counted once where a server answers one with another', () => {
    const { store } = storeOf();
    const attributes = { 'gen_ai.latency.e2e': 0.1 };
    store.add(
      [traceOf([chat(), { id: 2, parent: 1 }, { id: 3, parent: 2, name: 'llm_request', attributes }])],
      0,
    );
    assert.deepEqual(
      store.inferences().map(({ span }) => span.spanId),
      [spanId(1)],
    );
  });

  it('have the label of an evaluation that came as an event', () => {
    const { store } = storeOf();
    const event = {
      ...{ name: 'gen_ai.evaluation.result', timeUs: 1 },
      attributes: new Map([['gen_ai.evaluation.score.label', 'fail']]),
    };
    store.add([traceOf([chat({ attributes: { 'gen_ai.operation.name': 'chat' }, events: [event] })])], 0);
    assert.deepEqual(
      store.inferences().map(({ prediction }) => prediction),
      ['fail'],
    );
  });

  it('are found in columns as in spans, with the same latency, prediction and split', () => {
    const draft = fc.record({
      parent: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }),
      name: fc.constantFrom('work', inferenceName, 'load_model'),
      kind: fc.constantFrom(...spanKinds),
      startTimeUs: fc.nat(50),
      durationUs: fc.nat(50),
      attributes: fc.constantFrom<NonNullable<SpanDraft['attributes']>[]>(
        ...[{}, { storage_latency_ms: 3, model_prediction: 'cat' }, { 'db.system': 'redis' }],
        ...[{ 'gen_ai.operation.name': 'chat', 'output.value': 'dog' }, { 'openinference.span.kind': 'LLM' }],
      ),
    });
    const told = ({ span, storageLatencyMs, isLatencyDerived, prediction, timeSplit }: Inference) => ({
      ...{ id: span.spanId, storageLatencyMs, isLatencyDerived, prediction, timeSplit },
    });
    fc.assert(
      fc.property(fc.array(draft, { minLength: 1, maxLength: 8 }), (drafts) => {
        const trace = traceOf(
          drafts.map(({ parent, ...rest }, i) => ({ id: i + 1, ...(parent ? { parent } : {}), ...rest })),
        );
        const expected = findInferences(trace, defaultInferenceDefinition).map(told);
        const { store: whole } = storeOf();
        whole.add([trace], 0);
        assert.deepEqual(whole.inferencesOf(trace.traceId).map(told), expected);
        // In pieces, each asked about before the next one comes.
        const { store: inPieces } = storeOf();
        for (const span of trace.spans) {
          inPieces.mergeBlocks([blockOf([{ ...trace, spans: [span] }])], 0);
          inPieces.inferences().map(told);
        }
        assert.deepEqual(inPieces.inferencesOf(trace.traceId).map(told), expected);
      }),
      { numRuns: 300 },
    );
  }).timeout(20_000);
});

describe('the split of a place in the code', () => {
  const keyOf = (store: ReturnType<typeof storeOf>['store'], name: string) =>
    store.sites().flatMap(({ key, spanName }) => (spanName === name ? key : []));

  it('is of some of its newest traces, evenly chosen, with all that its spans led to', () => {
    const { store } = storeOf();
    for (let i = 1; i <= 90; i++) {
      const isOld = i <= 30;
      const at = i * 10_000;
      store.add(
        [traceOf([pipeline({ startTimeUs: at }), stored(at + 100, at + (isOld ? 1000 : 600))], i)],
        0,
      );
    }
    assert.deepEqual(store.summary(keyOf(store, inferenceName)).split(), {
      shares: [
        { as: 'storage', share: 0.5 },
        { as: 'application', share: 0.5 },
      ],
      traces: 8,
    });
    assert.deepEqual(store.summary([]).split(), undefined);
  });

  it('counts spans within each other once', () => {
    const { store } = storeOf();
    store.add([traceOf([pipeline(), stored(0, 400, { name: 'read' })])], 0);
    const keys = [...keyOf(store, inferenceName), ...keyOf(store, 'read')];
    const [first] = store.summary(keys).split()?.shares ?? [];
    assert.deepEqual(first, { as: 'application', share: 0.6 });
  });

  it('leaves traces out that are too large to be looked at while somebody waits', () => {
    const { store } = storeOf();
    const large = Array.from({ length: 6000 }, (_, i) => ({ id: i + 2, parent: 1, name: 'work' }));
    store.add([traceOf([pipeline({ durationUs: 2000 }), ...large], 1)], 0);
    store.add([traceOf([pipeline(), stored(0, 1000)], 2)], 0);
    assert.equal(store.summary(keyOf(store, inferenceName)).split()?.traces, 1);
    const [inference] = store.inferencesOf(traceId(1));
    assert.deepEqual(classShares(inference?.timeSplit ?? assert.fail('no split')), [
      { as: 'application', share: 1 },
    ]);
  });
});
