import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { collectCallSites } from '../../../../src/core/mapping/collectCallSites';
import { CompactFile } from '../../../../src/core/mapping/compactFile';
import { isPackedSites, packSites, unpackSites } from '../../../../src/core/mapping/indexedFile';
import { containerMatch, functionMatch, spanMatch } from './captures';

const sites = collectCallSites([
  containerMatch('Store', 1, 9),
  functionMatch('load', 2, 8),
  spanMatch(3, { name: 'load_features' }),
  spanMatch(20, { name: 'at the top' }),
]);

describe('what the index keeps of a file', () => {
  it('comes back from disk as it was', () => {
    const kept: unknown = JSON.parse(JSON.stringify(packSites(sites)));
    assert.ok(isPackedSites(kept));
    const { functions, spanOpenings } = unpackSites('k', '/p', kept);
    assert.deepEqual(
      { functions, spanOpenings },
      { functions: sites.functions, spanOpenings: sites.spanOpenings },
    );
    assert.equal(spanOpenings[0]?.inFunction, functions[0]);
    const compact = new CompactFile('k', '/p', kept);
    assert.deepEqual([compact.functions, compact.spanOpenings], [functions, spanOpenings]);
    assert.equal(compact.spanOpenings[0]?.inFunction, compact.functions[0]);
    assert.deepEqual(compact.packed, kept);
  });

  it('is nothing else that may be on disk', () => {
    const good = packSites(sites);
    for (const bad of [
      ...[null, 1, [], {}, { functions: [] }, { functions: 1, openings: [] }],
      { ...good, functions: [['load', 1, 2, 3]] },
      { ...good, functions: [['load', 0, 2]] },
      { ...good, openings: [[[], 1, -1]] },
      { ...good, openings: [[['a'], 1, -2]] },
      { ...good, openings: [['a', 1, 0]] },
    ])
      assert.equal(isPackedSites(bad), false, JSON.stringify(bad));
  });

  it('is read without an error, whatever is on disk', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (functions, openings) => {
        const value = { functions, openings };
        if (isPackedSites(value)) unpackSites('k', '/p', value);
      }),
    );
  });
});
