import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { blockOf } from '../../../../src/core/columns/writeTrace';
import { HeldBlock } from '../../../../src/core/store/heldBlock';
import { SiteIndex } from '../../../../src/core/store/siteIndex';
import { defaultInferenceDefinition } from '../../../../src/core/trace/inference';
import type { Trace } from '../../../../src/core/trace/trace';
import { traceOf } from '../spanOf';

const attributes = { 'code.file.path': '/app/a.py', 'code.line.number': 3, 'code.function.name': 'f' };
const twice = traceOf(
  [
    { id: 1, name: 'a', attributes },
    { id: 2, name: 'a', attributes },
    { id: 3, name: 'b' },
  ],
  1,
);
const once = traceOf([{ id: 1, name: 'a', attributes }], 2);

function counts(index: SiteIndex): Record<string, number> {
  return Object.fromEntries(index.sites().map(({ spanName, spanCount }) => [spanName, spanCount]));
}

/** A block of which all traces are kept. */
function heldOf(trace: Trace): HeldBlock {
  const held = new HeldBlock(blockOf([trace]), {
    definition: defaultInferenceDefinition,
    analysis: undefined,
  });
  held.keep(0);
  return held;
}

describe('SiteIndex', () => {
  it('counts spans by the place that made them, over all blocks', () => {
    const index = new SiteIndex();
    index.add(heldOf(twice));
    index.add(heldOf(once));
    assert.deepEqual(counts(index), { a: 3, b: 1 });
    const [site] = index.sites();
    assert.deepEqual(
      [site?.filePath, site?.line, site?.functionName, site?.service],
      ['/app/a.py', 3, 'f', 'svc'],
    );
    assert.equal(index.partsOf(site?.key ?? '').length, 2);
  });

  it('forgets a place when its last trace goes', () => {
    const index = new SiteIndex();
    const [first, second] = [heldOf(twice), heldOf(once)];
    index.add(first);
    index.add(second);
    first.drop(0);
    assert.deepEqual(counts(index), { a: 1 });
    index.remove(first);
    assert.deepEqual(counts(index), { a: 1 });
    index.remove(second);
    assert.deepEqual(index.sites(), []);
  });

  it('has no parts of a place that it does not know', () => {
    const index = new SiteIndex();
    index.add(heldOf(once));
    assert.deepEqual(index.partsOf('nowhere'), []);
  });
});
