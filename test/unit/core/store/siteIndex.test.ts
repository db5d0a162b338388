import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { SiteIndex } from '../../../../src/core/store/siteIndex';
import { traceId, traceOf } from '../spanOf';

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

describe('SiteIndex', () => {
  it('counts spans by the place that made them, over all traces', () => {
    const index = new SiteIndex();
    index.add(twice);
    index.add(once);
    assert.deepEqual(counts(index), { a: 3, b: 1 });
    const [site] = index.sites();
    assert.deepEqual(
      [site?.filePath, site?.line, site?.functionName, site?.service],
      ['/app/a.py', 3, 'f', 'svc'],
    );
    assert.deepEqual([...index.traceIdsAt(site?.key ?? '')], [traceId(1), traceId(2)]);
  });

  it('forgets a place when its last trace goes', () => {
    const index = new SiteIndex();
    index.add(twice);
    index.add(once);
    index.remove(twice);
    assert.deepEqual(counts(index), { a: 1 });
    index.remove(once);
    assert.deepEqual(index.sites(), []);
  });

  it('does nothing for a trace that it does not have', () => {
    const index = new SiteIndex();
    index.add(once);
    index.remove(twice);
    assert.deepEqual(counts(index), { a: 1 });
    assert.deepEqual([...index.traceIdsAt('nowhere')], []);
  });
});
