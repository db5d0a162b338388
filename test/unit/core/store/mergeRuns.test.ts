import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { mergeRuns } from '../../../../src/core/store/mergeRuns';

describe('mergeRuns', () => {
  it('is what a stable sort makes of all runs, one after the other', () => {
    const run = fc
      .array(fc.nat(20), { maxLength: 12 })
      .map((ends) => ends.sort((a, b) => a - b).map((endTimeUs) => ({ endTimeUs })));
    fc.assert(
      fc.property(fc.array(run, { maxLength: 9 }), (runs) => {
        const sorted = runs.flat().sort((a, b) => a.endTimeUs - b.endTimeUs);
        const merged = mergeRuns(runs);
        assert.equal(merged.length, sorted.length);
        // The same objects, not only alike ones.
        assert.ok(merged.every((item, i) => item === sorted[i]));
      }),
    );
  });

  it('leaves a run that is alone as it is', () => {
    const run = [{ endTimeUs: 1 }];
    assert.equal(mergeRuns([run]), run);
    assert.deepEqual(mergeRuns([]), []);
  });
});
