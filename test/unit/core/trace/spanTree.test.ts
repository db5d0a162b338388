import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { buildSpanTree, type SpanNode } from '../../../../src/core/trace/spanTree';
import { spanId, traceOf } from '../spanOf';

/** All nodes of a forest, without recursion. */
function allNodes(roots: readonly SpanNode[]): readonly SpanNode[] {
  const nodes = [...roots];
  for (let i = 0; i < nodes.length; i++) for (const child of nodes[i]?.children ?? []) nodes.push(child);
  return nodes;
}

/** A forest as text: `1(2 3(4))`. */
function shape(nodes: readonly SpanNode[]): string {
  return nodes
    .map(({ span, children }) => {
      const id = Number.parseInt(span.spanId, 16);
      return children.length === 0 ? `${id}` : `${id}(${shape(children)})`;
    })
    .join(' ');
}

describe('buildSpanTree', () => {
  it('hangs each span below its parent, siblings by start', () => {
    const trace = traceOf([
      { id: 4, parent: 2, startTimeUs: 30 },
      { id: 3, parent: 1, startTimeUs: 20 },
      { id: 2, parent: 1, startTimeUs: 10 },
      { id: 1, startTimeUs: 0 },
    ]);
    assert.equal(shape(buildSpanTree(trace)), '1(2(4) 3)');
  });

  it('makes a span whose parent is missing a root, and says so', () => {
    const roots = buildSpanTree(traceOf([{ id: 1 }, { id: 2, parent: 77, startTimeUs: 1 }]));
    assert.deepEqual(
      roots.map((root) => root.isOrphan),
      [false, true],
    );
    assert.ok(roots.every((root) => !root.isInCycle));
  });

  it('makes a span that is its own parent a root, and says so', () => {
    const [root] = buildSpanTree(
      traceOf([
        { id: 1, parent: 1 },
        { id: 2, parent: 1 },
      ]),
    );
    assert.deepEqual([root?.isInCycle, root?.isOrphan, root?.children.length], [true, false, 1]);
  });

  it('opens a circle of any size at its oldest span', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 30 }), fc.nat(), (size, turn) => {
        const drafts = Array.from({ length: size }, (_, i) => ({
          id: i + 1,
          parent: ((i + 1) % size) + 1,
          startTimeUs: (i + turn) % size,
        }));
        const roots = buildSpanTree(traceOf([...drafts, { id: 99, parent: 1, startTimeUs: -5 }]));
        assert.deepEqual(
          roots.map((root) => [root.span.startTimeUs, root.isInCycle]),
          [[0, true]],
        );
        assert.equal(allNodes(roots).length, size + 1);
      }),
      { numRuns: 50 },
    );
  });

  it('gives roots oldest first, circles among them', () => {
    const trace = traceOf([
      { id: 1, startTimeUs: 50 },
      { id: 2, parent: 3, startTimeUs: 10 },
      { id: 3, parent: 2, startTimeUs: 20 },
      { id: 4, parent: 88, startTimeUs: 5 },
    ]);
    assert.equal(shape(buildSpanTree(trace)), '4 2(3) 1');
  });

  it('takes each span exactly once, below its parent or as a root, whatever the parents are', () => {
    const drafts = fc.uniqueArray(
      fc.record({
        id: fc.integer({ min: 1, max: 20 }),
        parent: fc.integer({ min: 1, max: 25 }),
        startTimeUs: fc.nat(50),
      }),
      { minLength: 1, maxLength: 20, selector: ({ id }) => id },
    );
    fc.assert(
      fc.property(drafts, (spans) => {
        const trace = traceOf(spans);
        const roots = buildSpanTree(trace);
        const nodes = allNodes(roots);
        assert.deepEqual(
          nodes.map(({ span }) => span.spanId).sort(),
          trace.spans.map((span) => span.spanId).sort(),
        );
        for (const node of nodes) {
          for (const child of node.children) assert.equal(child.span.parentSpanId, node.span.spanId);
        }
        const known = new Set(trace.spans.map((span) => span.spanId));
        for (const root of roots) {
          assert.equal(root.isOrphan, !known.has(root.span.parentSpanId ?? ''));
          assert.equal(root.isInCycle, !root.isOrphan);
        }
      }),
      { numRuns: 300 },
    );
  }).timeout(20_000);

  it('does not overflow on a chain or a circle of 50,000 spans', () => {
    for (const last of [undefined, { parent: 50_000 }]) {
      const drafts = Array.from({ length: 50_000 }, (_, i) => ({
        id: i + 1,
        ...(i === 0 ? last : { parent: i }),
      }));
      const roots = buildSpanTree(traceOf(drafts));
      assert.equal(allNodes(roots).length, 50_000);
      assert.deepEqual(
        roots.map((root) => root.span.spanId),
        [spanId(last ? roots.length : 1)],
      );
    }
  }).timeout(20_000);
});
