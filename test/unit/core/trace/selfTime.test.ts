import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { selfTimeUs } from '../../../../src/core/trace/selfTime';
import { buildSpanTree, type SpanNode } from '../../../../src/core/trace/spanTree';
import { type SpanDraft, traceOf } from '../spanOf';

function parentOf(parent: SpanDraft, children: readonly SpanDraft[]): SpanNode {
  const trace = traceOf([
    { ...parent, id: 1, service: 'parent' },
    ...children.map((child, i) => ({ ...child, id: i + 2, parent: 1 })),
  ]);
  return buildSpanTree(trace).find(({ span }) => span.service === 'parent') ?? assert.fail();
}

describe('selfTimeUs', () => {
  it('is the whole duration of a span without children', () => {
    assert.equal(selfTimeUs(parentOf({ durationUs: 40 }, [])), 40);
  });

  it('counts overlapping children once', () => {
    const node = parentOf({ durationUs: 100 }, [
      { startTimeUs: 10, durationUs: 30 },
      { startTimeUs: 20, durationUs: 30 },
      { startTimeUs: 25, durationUs: 5 },
    ]);
    assert.equal(selfTimeUs(node), 60);
  });

  it('cuts children that run before or after their parent to its time', () => {
    const node = parentOf({ startTimeUs: 100, durationUs: 100 }, [
      { startTimeUs: 50, durationUs: 60 },
      { startTimeUs: 190, durationUs: 500 },
      { startTimeUs: 900, durationUs: 10 },
    ]);
    assert.equal(selfTimeUs(node), 80);
  });

  it('counts only children, not what is below them', () => {
    const trace = traceOf([
      { id: 1, durationUs: 100 },
      { id: 2, parent: 1, durationUs: 10 },
      { id: 3, parent: 2, startTimeUs: 50, durationUs: 50 },
    ]);
    const [root] = buildSpanTree(trace);
    assert.equal(root && selfTimeUs(root), 90);
  });

  it('is the number of microseconds in which no child ran, counted one by one', () => {
    const draft = fc.record({ startTimeUs: fc.nat(40), durationUs: fc.nat(20) });
    fc.assert(
      fc.property(draft, fc.array(draft, { maxLength: 6 }), (parent, children) => {
        let alone = 0;
        for (let us = parent.startTimeUs; us < parent.startTimeUs + parent.durationUs; us++) {
          if (!children.some((c) => c.startTimeUs <= us && us < c.startTimeUs + c.durationUs)) alone++;
        }
        assert.equal(selfTimeUs(parentOf(parent, children)), alone);
      }),
      { numRuns: 300 },
    );
  }).timeout(20_000);
});
