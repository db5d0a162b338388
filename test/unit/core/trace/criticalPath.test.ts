import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { criticalPath, criticalTimes } from '../../../../src/core/trace/criticalPath';
import { buildSpanTree } from '../../../../src/core/trace/spanTree';
import type { Trace } from '../../../../src/core/trace/trace';
import { type SpanDraft, traceOf } from '../spanOf';
import { jaegerUiCriticalPath } from './jaegerUiCriticalPath';

const pathOf = (trace: Trace) => criticalPath(buildSpanTree(trace));
const sectionsOf = (trace: Trace) =>
  pathOf(trace).sections.map(({ span, startUs, endUs }) => [Number(`0x${span.spanId}`), startUs, endUs]);
const span = (id: number, parent: number | undefined, from: number, to: number): SpanDraft => ({
  ...{ id, startTimeUs: from, durationUs: to - from },
  ...(parent === undefined ? {} : { parent }),
});

describe('the critical path', () => {
  it('goes from the end back through the child that finished last', () => {
    const trace = traceOf([span(1, undefined, 1, 100), span(2, 1, 20, 40), span(3, 1, 60, 90)]);
    assert.deepEqual(sectionsOf(trace), [
      [1, 90, 100],
      [3, 60, 90],
      [1, 40, 60],
      [2, 20, 40],
      [1, 1, 20],
    ]);
  });

  it('passes by a child that ran beside one that took longer', () => {
    const trace = traceOf([span(1, undefined, 1, 100), span(2, 1, 20, 50), span(3, 1, 10, 90)]);
    assert.deepEqual(sectionsOf(trace), [
      [1, 90, 100],
      [3, 10, 90],
      [1, 1, 10],
    ]);
  });

  it('goes down to the spans that did the work', () => {
    const trace = traceOf([span(1, undefined, 1, 10), span(2, 1, 2, 9), span(3, 2, 3, 8)]);
    assert.deepEqual(sectionsOf(trace), [
      [1, 9, 10],
      [2, 8, 9],
      [3, 3, 8],
      [2, 2, 3],
      [1, 1, 2],
    ]);
  });

  it('cuts a child that outlives its parent, and says that there was one', () => {
    const trace = traceOf([span(1, undefined, 10, 50), span(2, 1, 20, 80), span(3, 2, 60, 70)]);
    assert.deepEqual(sectionsOf(trace), [
      [2, 20, 50],
      [1, 10, 20],
    ]);
    assert.deepEqual(pathOf(trace).doubts, { orphans: 0, cycles: 0, skewed: 0, outliving: 1 });
  });

  it('leaves out what ran outside of its parent, and says that the clocks differ', () => {
    const trace = traceOf([span(1, undefined, 10, 30), span(2, 1, 1, 5), span(3, 2, 2, 4)]);
    assert.deepEqual(sectionsOf(trace), [[1, 10, 30]]);
    assert.equal(pathOf(trace).doubts.skewed, 1);
  });

  it('does not wait for the consumer of a message', () => {
    const producer: SpanDraft = { ...span(2, 1, 20, 40), kind: 'producer' };
    const consumer: SpanDraft = { ...span(3, 2, 25, 39), kind: 'consumer' };
    const trace = traceOf([span(1, undefined, 1, 50), producer, consumer]);
    assert.deepEqual(sectionsOf(trace), [
      [1, 40, 50],
      [2, 20, 40],
      [1, 1, 20],
    ]);
  });

  it('says when parents are missing or form a circle', () => {
    const trace = traceOf([span(1, 9, 1, 5), span(2, 3, 1, 5), span(3, 2, 2, 4)]);
    assert.deepEqual(pathOf(trace).doubts, { orphans: 1, cycles: 1, skewed: 0, outliving: 0 });
  });

  it('adds the times of a span up', () => {
    const trace = traceOf([span(1, undefined, 0, 100), span(2, 1, 20, 40)]);
    const times = [...criticalTimes(pathOf(trace))].map(([{ spanId }, us]) => [Number(`0x${spanId}`), us]);
    assert.deepEqual(times, [
      [1, 80],
      [2, 20],
    ]);
  });

  const drafts = fc.array(
    fc.record({
      from: fc.nat(60),
      length: fc.nat(40),
      parent: fc.nat(12),
      kind: fc.constantFrom('internal', 'producer', 'consumer'),
    }),
    { minLength: 1, maxLength: 12 },
  );
  const traces = drafts.map((items) =>
    traceOf(
      items.map(
        ({ from, length, parent, kind }, i): SpanDraft => ({
          ...span(i + 1, parent > i ? undefined : parent + 1, from + 1, from + 1 + length),
          kind,
        }),
      ),
    ),
  );

  it('has the sections of Jaeger UI’s algorithm', () => {
    fc.assert(
      fc.property(traces, (trace) => {
        const expected = buildSpanTree(trace).flatMap(jaegerUiCriticalPath);
        assert.deepEqual(
          pathOf(trace).sections.map(({ span: { spanId }, startUs, endUs }) => [spanId, startUs, endUs]),
          expected,
        );
      }),
      { numRuns: 1000 },
    );
  }).timeout(20_000);

  it('covers the time of each root once, without a gap', () => {
    fc.assert(
      fc.property(traces, (trace) => {
        for (const root of buildSpanTree(trace)) {
          let until = root.span.startTimeUs + root.span.durationUs;
          for (const section of criticalPath([root]).sections) {
            assert.equal(section.endUs, until);
            assert.ok(section.startUs < section.endUs);
            until = section.startUs;
          }
          assert.equal(until, root.span.startTimeUs);
        }
      }),
      { numRuns: 500 },
    );
  }).timeout(20_000);

  it('is found in a trace of 50,000 levels', () => {
    const depth = 50_000;
    const trace = traceOf(
      Array.from({ length: depth }, (_, i) => span(i + 1, i === 0 ? undefined : i, i, 2 * depth - i)),
    );
    assert.equal(pathOf(trace).sections.length, 2 * depth - 1);
  }).timeout(20_000);
});
