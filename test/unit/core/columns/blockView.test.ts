import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { BlockView } from '../../../../src/core/columns/blockView';
import { blockBuffers, type SpanBlock } from '../../../../src/core/columns/spanBlock';
import { blockOf } from '../../../../src/core/columns/writeTrace';
import { codeAttributes, siteKey } from '../../../../src/core/store/spanSite';
import { spanOf, traceOf } from '../spanOf';
import { plainSpan, plainTrace } from './plain';
import { tracesArbitrary } from './traceArbitrary';

const tracesOf = (block: SpanBlock) => {
  const view = new BlockView(block);
  return Array.from({ length: view.traceCount }, (_, i) => plainTrace(view.trace(i)));
};

describe('a block of columns', () => {
  it('gives back the traces that were written into it', () => {
    fc.assert(
      fc.property(tracesArbitrary, (traces) =>
        assert.deepEqual(tracesOf(blockOf(traces)), traces.map(plainTrace)),
      ),
      { numRuns: 300 },
    );
  }).timeout(20_000);

  it('gives them back in another thread, after its buffers were transferred', () => {
    fc.assert(
      fc.property(tracesArbitrary, (traces) => {
        const block = blockOf(traces);
        const moved = structuredClone(block, { transfer: [...blockBuffers(block)] });
        assert.equal(block.spans.id.byteLength, 0);
        assert.deepEqual(tracesOf(moved), traces.map(plainTrace));
      }),
      { numRuns: 100 },
    );
  }).timeout(20_000);

  it('knows the place in the code that made each span', () => {
    fc.assert(
      fc.property(tracesArbitrary, (traces) => {
        const { sites, spans, ...block } = blockOf(traces);
        const view = new BlockView({ sites, spans, ...block });
        for (let row = 0; row < view.spanCount; row++) {
          const span = plainSpan(view.span(row));
          const code = codeAttributes(span);
          const site = spans.site[row] ?? 0;
          assert.equal(view.text(sites.filePath[site]), code.filePath ?? '');
          assert.equal(sites.line[site], code.line ?? 0);
          assert.equal(view.text(sites.functionName[site]), code.functionName ?? '');
          assert.equal(
            siteKey(span, code),
            siteKey(
              spanOf({ service: view.name(sites.service[site]), name: view.name(sites.name[site]) }),
              code,
            ),
          );
        }
      }),
      { numRuns: 300 },
    );
  }).timeout(20_000);

  it('keeps a text, a resource and a place once', () => {
    const resource = new Map([['host', 'a']]);
    const traces = [1, 2, 3].map((id) =>
      traceOf(
        [1, 2].map((span) => ({ id: span, resource, attributes: { 'code.file.path': '/app/a.py' } })),
        id,
      ),
    );
    const { sites, resources } = blockOf(traces);
    assert.equal(sites.name.length, 1);
    assert.equal(resources.service.length, 1);
  });

  it('gives the same row the same handle', () => {
    const view = new BlockView(blockOf([traceOf([{ id: 1 }, { id: 2, parent: 1 }])]));
    assert.equal(view.trace(0).spans[1], view.span(1));
  });

  it('finds the reference of a text that it has, and none of another', () => {
    const view = new BlockView(blockOf([traceOf([{ attributes: { héllo: 1 } }])]));
    assert.equal(view.text(view.refOf('héllo')), 'héllo');
    assert.equal(view.refOf('hello'), 0);
  });

  it('has another fingerprint for a trace when anything of it differs, and the same for the same', () => {
    fc.assert(
      fc.property(tracesArbitrary, tracesArbitrary, (some, others) => {
        const fingerprints = (block: SpanBlock) => [...block.traces.fingerprint];
        const [a, b] = [fingerprints(blockOf(some)), fingerprints(blockOf(others))];
        for (const [i, trace] of some.entries()) {
          const other = others[i];
          if (!other) continue;
          // What a resource says of itself beside the service is not seen of a trace.
          const seen = (each: typeof trace) => each.spans.map((span) => ({ ...span, resource: new Map() }));
          const isSame = isDeepEqual(seen(trace), seen(other));
          assert.equal(a[i] === b[i], isSame);
        }
        assert.deepEqual(fingerprints(blockOf([...some].reverse())), a.reverse());
      }),
      { numRuns: 300 },
    );
  }).timeout(20_000);
});

function isDeepEqual(a: unknown, b: unknown): boolean {
  try {
    assert.deepEqual(a, b);
    return true;
  } catch {
    return false;
  }
}
