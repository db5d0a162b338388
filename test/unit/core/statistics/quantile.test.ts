import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { quantile } from '../../../../src/core/statistics/quantile';

/** The textbook's type 7, step by step. */
function oracle(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const h = (sorted.length - 1) * q + 1;
  const j = Math.floor(h);
  const at = (rank: number) => sorted[Math.min(rank, sorted.length) - 1] ?? assert.fail();
  return (1 - (h - j)) * at(j) + (h - j) * at(j + 1);
}

const integers = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 30 });

describe('quantile', () => {
  it('is what NumPy gives', () => {
    assert.equal(quantile([4, 1, 3, 2], 0.5), 2.5);
    assert.equal(quantile([15, 20, 35, 40, 50], 0.4), 29);
    assert.equal(quantile([10, 9], 0.25), 9.25);
  });

  it('agrees with the textbook', () => {
    fc.assert(
      fc.property(integers, fc.integer({ min: 0, max: 100 }), (values, percent) => {
        const found = quantile(values, percent / 100) ?? assert.fail();
        assert.ok(Math.abs(found - oracle(values, percent / 100)) < 1e-6);
      }),
    );
  });

  it('lies between the least and the greatest, which are its ends', () => {
    fc.assert(
      fc.property(integers, fc.double({ min: 0, max: 1, noNaN: true }), (values, q) => {
        const found = quantile(values, q) ?? assert.fail();
        assert.equal(quantile(values, 0), Math.min(...values));
        assert.equal(quantile(values, 1), Math.max(...values));
        assert.ok(Math.min(...values) <= found && found <= Math.max(...values));
      }),
    );
  });

  it('takes a q out of its range for the nearer end', () => {
    assert.equal(quantile([1, 2, 3], -1), 1);
    assert.equal(quantile([1, 2, 3], 7), 3);
  });

  it('skips NaN, and has no value when nothing is left', () => {
    assert.equal(quantile([Number.NaN, 2, Number.NaN, 4], 0.5), 3);
    assert.equal(quantile([Number.NaN], 0.5), undefined);
    assert.equal(quantile([], 0.5), undefined);
  });

  it('leaves its values in their order', () => {
    const values = [3, 1, 2];
    quantile(values, 0.5);
    assert.deepEqual(values, [3, 1, 2]);
  });
});
