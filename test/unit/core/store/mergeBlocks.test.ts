import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { blockOf } from '../../../../src/core/columns/writeTrace';
import type { Span } from '../../../../src/core/trace/span';
import { buildSpanTree } from '../../../../src/core/trace/spanTree';
import { makeTrace, type Trace } from '../../../../src/core/trace/trace';
import { plainTrace } from '../columns/plain';
import { spanId, spanOf, traceId, traceOf } from '../spanOf';
import { inferenceName, storeOf } from './storeOf';

const whole = [
  { id: 1, startTimeUs: 100, durationUs: 900 },
  { id: 2, parent: 1, startTimeUs: 200, durationUs: 500 },
  { id: 3, parent: 2, startTimeUs: 300, durationUs: 100 },
  { id: 4, parent: 1, startTimeUs: 800, durationUs: 100 },
];
const pieceOf = (drafts: Parameters<typeof traceOf>[0], id = 1) => blockOf([traceOf(drafts, id)]);

describe('pieces of a trace in the store', () => {
  it('become one trace, whatever their order and how they were cut', () => {
    const cut = fc.tuple(
      fc.shuffledSubarray(whole, { minLength: whole.length }),
      fc.integer({ min: 1, max: 3 }),
    );
    fc.assert(
      fc.property(cut, ([spans, at]) => {
        const { store } = storeOf();
        store.mergeBlocks([pieceOf(spans.slice(0, at))], 2000);
        store.mergeBlocks([pieceOf(spans.slice(at))], 2000);
        assert.deepEqual(plainTrace(store.trace(traceId(1)) ?? assert.fail()), traceOf(whole));
      }),
    );
  });

  it('become one trace, whose root comes last', () => {
    const { store } = storeOf();
    for (const piece of [[whole[3]], [whole[2]], [whole[1], whole[0]]])
      store.mergeBlocks([pieceOf(piece.flatMap((span) => span ?? []))], 2000);
    const roots = buildSpanTree(store.trace(traceId(1)) ?? assert.fail());
    assert.deepEqual(
      roots.map(({ span, isOrphan }) => [span.spanId, isOrphan]),
      [[spanId(1), false]],
    );
    assert.equal(store.stats().traces, 1);
  });

  it('keep the longest of a span that came twice, and count it once', () => {
    const { store } = storeOf();
    const come = (durationUs: number) =>
      store.mergeBlocks([pieceOf([{ id: 1, name: inferenceName, durationUs }])], 2000);
    const changes = [come(5), come(9), come(9), come(7)];
    assert.deepEqual(
      changes.map(({ added, updated }) => [added.length, updated.length]),
      [
        [1, 0],
        [0, 1],
        [0, 0],
        [0, 0],
      ],
    );
    assert.deepEqual(
      store.inferencesOf(traceId(1)).map(({ span }) => span.durationUs),
      [9],
    );
    const [site] = store.sites();
    assert.deepEqual([store.stats().spans, store.stats().inferences, site?.spanCount], [1, 1, 1]);
    assert.equal(store.summary([site?.key ?? '']).durationUs.max, 9);
  });

  it('may be several of one trace at once, in one block and in several', () => {
    const { store } = storeOf();
    const twice = blockOf([traceOf([{ id: 1 }]), traceOf([{ id: 2, parent: 1 }])]);
    const change = store.mergeBlocks([twice, pieceOf([{ id: 3, parent: 1 }])], 2000);
    assert.deepEqual([change.added, change.updated], [[traceId(1)], []]);
    assert.equal(store.trace(traceId(1))?.spans.length, 3);
  });

  it('change nothing when they come again', () => {
    const { store } = storeOf();
    store.mergeBlocks([pieceOf(whole)], 2000);
    const change = store.mergeBlocks([pieceOf(whole.slice(1, 3))], 2000);
    assert.deepEqual(change, { added: [], updated: [], removed: [] });
  });

  it('go together, when the last of them is too old', () => {
    const { store } = storeOf({ maxAgeUs: 1000 });
    store.mergeBlocks([pieceOf([{ id: 1, durationUs: 500 }])], 500);
    store.mergeBlocks([pieceOf([{ id: 2, durationUs: 900 }])], 900);
    store.mergeBlocks([pieceOf([{ id: 3, durationUs: 300 }])], 900);
    assert.deepEqual(store.evict(1800).removed, []);
    assert.equal(store.trace(traceId(1))?.spans.length, 3);
    assert.deepEqual(store.evict(1901).removed, [traceId(1)]);
    assert.deepEqual([store.stats().spans, store.stats().bytes, store.stats().evictedByAge], [0, 0, 1]);
  });

  it('are replaced by the whole trace from elsewhere, unless it is the same', () => {
    const { store } = storeOf();
    for (const span of whole) store.mergeBlocks([pieceOf([span])], 2000);
    assert.deepEqual(store.add([traceOf(whole)], 2000).updated, []);
    assert.deepEqual(store.add([traceOf(whole.slice(1))], 2000).updated, [traceId(1)]);
    assert.equal(store.stats().spans, 3);
  });
});

interface Piece {
  readonly trace: number;
  readonly spans: readonly Span[];
  /** Whether it comes in one call with the one before it. */
  readonly isTogether: boolean;
}

const anyPiece = fc
  .record({
    trace: fc.integer({ min: 1, max: 3 }),
    isTogether: fc.boolean(),
    spans: fc.uniqueArray(
      fc.record({
        id: fc.integer({ min: 1, max: 150 }),
        durationUs: fc.nat(3),
        startTimeUs: fc.nat(20),
        name: fc.constantFrom('a', 'b', inferenceName),
      }),
      { minLength: 1, maxLength: 12, selector: ({ id }) => id },
    ),
  })
  .map(
    ({ spans, trace, isTogether }): Piece => ({
      trace,
      isTogether,
      spans: spans.map((span) => spanOf(span, trace)),
    }),
  );

function callsOf(pieces: readonly Piece[]): Piece[][] {
  const calls: Piece[][] = [];
  for (const piece of pieces) {
    if (piece.isTogether && calls.length > 0) calls.at(-1)?.push(piece);
    else calls.push([piece]);
  }
  return calls;
}

describe('many pieces in the store', () => {
  it('are what makeTrace makes of all that came', () => {
    fc.assert(
      fc.property(fc.array(anyPiece, { maxLength: 80, size: 'max' }), (pieces) => {
        const { store } = storeOf();
        const came = new Map<number, Span[]>();
        for (const call of callsOf(pieces)) {
          store.mergeBlocks(
            call.map(({ spans, trace }) =>
              blockOf([makeTrace(traceId(trace), spans)?.trace ?? assert.fail()]),
            ),
            0,
          );
          for (const { trace, spans } of call) came.set(trace, [...(came.get(trace) ?? []), ...spans]);
        }
        const expected: Trace[] = [...came].map(
          ([id, spans]) => makeTrace(traceId(id), spans)?.trace ?? assert.fail(),
        );
        for (const trace of expected)
          assert.deepEqual(plainTrace(store.trace(trace.traceId) ?? assert.fail()), trace);
        const spans = expected.flatMap((trace) => trace.spans);
        const inferences = spans.filter(({ name }) => name === inferenceName);
        const stats = store.stats();
        assert.deepEqual(
          [stats.traces, stats.spans, stats.inferences, store.inferences().length],
          [expected.length, spans.length, inferences.length, inferences.length],
        );
        for (const site of store.sites()) {
          const durations = spans.filter(({ name }) => name === site.spanName).map((span) => span.durationUs);
          const { runs, durationUs } = store.summary([site.key]);
          assert.deepEqual(
            [site.spanCount, runs, durationUs.max],
            [durations.length, durations.length, Math.max(...durations)],
          );
        }
      }),
      { numRuns: 150 },
    );
  }).timeout(30_000);

  it('of one trace, each a span and again a longer one, are one trace', () => {
    const { store } = storeOf();
    const count = 3000;
    for (let i = 0; i < 2 * count; i++)
      store.mergeBlocks(
        [pieceOf([{ id: 1 + (i % count), startTimeUs: 5, durationUs: i < count ? 1 : 2 }])],
        0,
      );
    const { spans = [] } = store.trace(traceId(1)) ?? {};
    assert.equal(new Set(spans.map((span) => span.spanId)).size, count);
    assert.ok(spans.every(({ durationUs }) => durationUs === 2));
    assert.deepEqual([spans.length, store.stats().spans], [count, count]);
  }).timeout(20_000);
});
