import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { quantile } from '../../../../src/core/statistics/quantile';
import { SortedRuns } from '../../../../src/core/statistics/sortedRuns';

describe('the quantiles of sorted runs', () => {
  it('are those of all their values', () => {
    // −0 is no other value than 0, and which of them stands first is nobody's promise.
    const double = fc.double({ noNaN: true }).map((each) => (each === 0 ? 0 : each));
    const value = fc.oneof(fc.integer({ min: 0, max: 5 }), double);
    fc.assert(
      fc.property(fc.array(fc.array(value)), fc.double({ min: 0, max: 1, noNaN: true }), (runs, q) => {
        const sorted = runs.map((run) => Float64Array.from(run).sort());
        assert.deepEqual(new SortedRuns(sorted).quantile(q), quantile(runs.flat(), q));
      }),
      { numRuns: 1000 },
    );
  }).timeout(20_000);
});
