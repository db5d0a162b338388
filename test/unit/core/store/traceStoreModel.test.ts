import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { blockOf } from '../../../../src/core/columns/writeTrace';
import type { StoreLimits, TraceStore } from '../../../../src/core/store/traceStore';
import { defaultInferenceDefinition, isInference } from '../../../../src/core/trace/inference';
import { makeTrace, type Trace } from '../../../../src/core/trace/trace';
import { traceOf } from '../spanOf';
import { inferenceName, storeOf } from './storeOf';

type Step =
  | { readonly do: 'add'; readonly traces: readonly Trace[]; readonly nowUs: number }
  | { readonly do: 'merge'; readonly traces: readonly Trace[]; readonly nowUs: number }
  | { readonly do: 'evict'; readonly nowUs: number }
  | { readonly do: 'configure'; readonly limits: StoreLimits; readonly nowUs: number }
  | { readonly do: 'clear' };

const startLimits: StoreLimits = { maxAgeUs: 60, maxBytes: 1200 };

const anyTrace = fc
  .record({
    id: fc.integer({ min: 1, max: 6 }),
    endUs: fc.integer({ min: 0, max: 99 }),
    names: fc.array(fc.constantFrom('a', 'b', inferenceName), { minLength: 1, maxLength: 3 }),
  })
  .map(({ id, endUs, names }) =>
    // The end times of different traces differ, so that there is one trace that ended first.
    traceOf(
      names.map((name, i) => ({ id: i + 1, name, durationUs: endUs * 10 + id })),
      id,
    ),
  );
const fingerprintOf = (trace: Trace) => blockOf([trace]).traces.fingerprint[0];
const nowUs = fc.integer({ min: 0, max: 1500 });
const limits = fc.record({
  maxAgeUs: fc.integer({ min: 0, max: 1000 }),
  maxBytes: fc.integer({ min: 0, max: 2000 }),
});
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('add' as const),
      traces: fc.uniqueArray(anyTrace, { maxLength: 4, selector: ({ traceId }) => traceId }),
      nowUs,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('merge' as const),
      traces: fc.array(anyTrace, { maxLength: 4 }),
      nowUs,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('evict' as const), nowUs }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('configure' as const), limits, nowUs }) },
  { weight: 1, arbitrary: fc.constant({ do: 'clear' as const }) },
);

/** What a store should hold after a step without a limit of bytes, as simply as it can be said. */
function apply(held: ReadonlyMap<string, Trace>, { maxAgeUs }: StoreLimits, step: Step): Map<string, Trace> {
  if (step.do === 'clear') return new Map();
  const next = new Map(held);
  for (const trace of step.do === 'add' ? step.traces : []) {
    // By fingerprint, a trace whose spans only changed their names is the same trace.
    const known = held.get(trace.traceId);
    if (!known || fingerprintOf(known) !== fingerprintOf(trace)) next.set(trace.traceId, trace);
  }
  for (const piece of step.do === 'merge' ? step.traces : []) {
    const known = next.get(piece.traceId);
    // What is too old when it comes is none that something could join.
    if (!known && piece.endTimeUs < step.nowUs - maxAgeUs) continue;
    const joined = makeTrace(piece.traceId, [...(known?.spans ?? []), ...piece.spans]);
    if (joined) next.set(piece.traceId, joined.trace);
  }
  for (const trace of [...next.values()])
    if (trace.endTimeUs < step.nowUs - maxAgeUs) next.delete(trace.traceId);
  return next;
}

function perform(store: TraceStore, step: Step): void {
  if (step.do === 'add') store.add(step.traces, step.nowUs);
  else if (step.do === 'merge')
    store.mergeBlocks(
      step.traces.map((trace) => blockOf([trace])),
      step.nowUs,
    );
  else if (step.do === 'evict') store.evict(step.nowUs);
  else if (step.do === 'configure') store.configure(defaultInferenceDefinition, step.limits, step.nowUs);
  else store.clear();
}

function assertHolds(store: TraceStore, held: ReadonlyMap<string, Trace>): void {
  const spans = [...held.values()].flatMap((trace) => trace.spans);
  const stats = store.stats();
  for (const [id, trace] of held)
    assert.equal(fingerprintOf(store.trace(id) ?? assert.fail(id)), fingerprintOf(trace));
  assert.deepEqual([stats.traces, stats.spans], [held.size, spans.length]);
  assert.equal(
    stats.inferences,
    spans.filter((span) => isInference(span, defaultInferenceDefinition)).length,
  );
  const seen = store.sites().flatMap((site) => {
    const { newest, runs } = store.summary([site.key]);
    assert.deepEqual([newest.length, runs], [site.spanCount, site.spanCount]);
    assert.ok(newest.every(({ span }) => span.name === site.spanName));
    return newest.map(({ span }) => `${span.traceId}/${span.spanId}`);
  });
  assert.deepEqual(seen.sort(), spans.map((span) => `${span.traceId}/${span.spanId}`).sort());
}

describe('a store under any sequence of changes', () => {
  it('holds what a simple model holds and tells exactly what changed', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 15 }), (steps) => {
        const { store, changes } = storeOf(startLimits);
        let held: ReadonlyMap<string, Trace> = new Map();
        let now = startLimits;
        const weights = new Map<string, number>();
        for (const step of steps) {
          if (step.do === 'configure') now = step.limits;
          const before = held;
          held = apply(before, now, step);
          changes.length = 0;
          perform(store, step);
          weigh(weights, step);
          held = withinBytes(store, held, { ...now, weights });
          assertHolds(store, held);
          assertTold(changes, before, held, step.do === 'configure');
        }
      }),
      { numRuns: 200 },
    );
  }).timeout(20_000);
});

/** What is left when those that ended first went for want of bytes: they, and no more of them than need be. */
function withinBytes(
  store: TraceStore,
  held: ReadonlyMap<string, Trace>,
  { maxBytes, weights }: StoreLimits & { readonly weights: ReadonlyMap<string, number> },
) {
  const oldestFirst = [...held.values()].sort((a, b) => a.endTimeUs - b.endTimeUs);
  const kept = oldestFirst.filter(({ traceId }) => store.trace(traceId) !== undefined);
  assert.deepEqual(kept, kept.length === 0 ? [] : oldestFirst.slice(-kept.length));
  const { bytes } = store.stats();
  assert.ok(bytes <= maxBytes);
  const last = oldestFirst.at(-kept.length - 1);
  const weightOf = ({ traceId }: Trace) => weights.get(traceId) ?? 0;
  // What pieces weighed before they were put together may be gone by now.
  const lost = kept.reduce((sum, trace) => sum + Math.max(0, weightOf(trace) - bytesOf(trace)), 0);
  if (last && kept.length < oldestFirst.length)
    assert.ok(
      bytes + lost + 2 * weightOf(last) + sharedTexts > maxBytes,
      'a trace went that there was room for',
    );
  return new Map(kept.map((trace) => [trace.traceId, trace]));
}

/** What each trace weighs at most: until they are put together, its pieces weigh what each of them does. */
function weigh(weights: Map<string, number>, step: Step): void {
  if (step.do === 'add')
    for (const trace of step.traces)
      weights.set(trace.traceId, Math.max(bytesOf(trace), weights.get(trace.traceId) ?? 0));
  if (step.do === 'merge')
    for (const piece of step.traces)
      weights.set(piece.traceId, bytesOf(piece) + (weights.get(piece.traceId) ?? 0));
}

/** Most that the texts weigh which the traces of this test share. */
const sharedTexts = 60;

/** What a trace weighs in a block of its own: in another, no more. */
const bytesOf = (trace: Trace) => blockOf([trace]).traces.bytes[0] ?? 0;

/** The events of one step are one that names the difference, or none when there is none. */
function assertTold(
  changes: ReturnType<typeof storeOf>['changes'],
  before: ReadonlyMap<string, Trace>,
  after: ReadonlyMap<string, Trace>,
  isReadAnew: boolean,
): void {
  const ids = (map: ReadonlyMap<string, Trace>, keep: (id: string) => boolean) =>
    [...map.keys()].filter(keep).sort();
  const printOf = (trace: Trace | undefined) => trace && fingerprintOf(trace);
  const expected = {
    added: ids(after, (id) => !before.has(id)),
    updated: ids(
      after,
      (id) => before.has(id) && (isReadAnew || printOf(before.get(id)) !== printOf(after.get(id))),
    ),
    removed: ids(before, (id) => !after.has(id)),
  };
  const isSame = Object.values(expected).every((list) => list.length === 0);
  const told = changes.map((c) => ({
    added: [...c.added].sort(),
    updated: [...c.updated].sort(),
    removed: [...c.removed].sort(),
  }));
  assert.deepEqual(told, isSame ? [] : [expected]);
}
