import assert from 'node:assert/strict';
import fc from 'fast-check';
import { quantile } from '../../../../src/core/statistics/quantile';
import { reduce } from '../../../../src/core/statistics/reducer';
import { weightedQuantile } from '../../../../src/core/statistics/weightedQuantile';

describe('weightedQuantile', () => {
  it('gives what each value repeated as often as it weighs would give', () => {
    const values = fc.array(fc.record({ value: fc.integer({ min: 0, max: 50 }), weight: fc.nat(5) }), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (weighted, q) => {
        const repeated = weighted.flatMap(({ value, weight }) => Array<number>(weight).fill(value));
        const expected = quantile(repeated, q);
        assert.equal(weightedQuantile(weighted, q)?.toFixed(6), expected?.toFixed(6));
        const weights = weighted.map(({ weight }) => weight);
        const values = weighted.map(({ value }) => value);
        if (repeated.length === 0) return;
        for (const name of ['avg', 'sum', 'count', 'median'] as const)
          assert.equal(reduce(name, values, weights)?.toFixed(6), reduce(name, repeated)?.toFixed(6), name);
        for (const name of ['min', 'max', 'last'] as const)
          assert.equal(reduce(name, values, weights), reduce(name, values), name);
      }),
    );
  });

  it('goes by what is known when nothing of it weighs anything', () => {
    assert.equal(reduce('avg', [1, 2, 6], [0, 0, 0]), 3);
    assert.equal(reduce('avg', [1, Number.NaN], [0, 2]), 1);
  });
});
