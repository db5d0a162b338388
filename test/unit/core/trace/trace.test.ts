import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { makeTrace } from '../../../../src/core/trace/trace';
import { spanId, spanOf, traceId } from '../spanOf';

describe('makeTrace', () => {
  it('makes no trace of no spans', () => {
    assert.equal(makeTrace(traceId(1), []), undefined);
  });

  it('orders spans by start, then by id, and spans the time of all of them', () => {
    const made = makeTrace(traceId(1), [
      spanOf({ id: 3, startTimeUs: 50, durationUs: 10 }),
      spanOf({ id: 2, startTimeUs: 50, durationUs: 5 }),
      spanOf({ id: 9, startTimeUs: 10, durationUs: 100 }),
    ]);
    assert.deepEqual(
      made?.trace.spans.map((span) => span.spanId),
      [spanId(9), spanId(2), spanId(3)],
    );
    assert.deepEqual([made?.trace.startTimeUs, made?.trace.endTimeUs, made?.duplicates], [10, 110, 0]);
  });

  it('keeps the longest of each id and counts the others, in any order', () => {
    const drafts = fc.array(fc.record({ id: fc.integer({ min: 1, max: 4 }), durationUs: fc.nat(9) }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(drafts, (spans) => {
        const made = makeTrace(
          traceId(1),
          spans.map((draft) => spanOf(draft)),
        );
        const longest = new Map<string, number>();
        for (const { id, durationUs } of spans) {
          longest.set(spanId(id), Math.max(durationUs, longest.get(spanId(id)) ?? 0));
        }
        assert.deepEqual(
          new Map(made?.trace.spans.map((span) => [span.spanId, span.durationUs])),
          new Map([...longest].sort()),
        );
        assert.equal(made?.duplicates, spans.length - longest.size);
      }),
    );
  });
});
