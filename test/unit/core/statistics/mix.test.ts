import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { mix } from '../../../../src/core/statistics/mix';

describe('mix', () => {
  it('gives the most frequent label first, ties by label', () => {
    assert.deepEqual(mix(['dog', 'cat', 'cow', 'cat']), [
      { label: 'cat', count: 2, share: 0.5 },
      { label: 'cow', count: 1, share: 0.25 },
      { label: 'dog', count: 1, share: 0.25 },
    ]);
  });

  it('is empty of nothing, and counts labels that objects inherit', () => {
    assert.deepEqual(mix([]), []);
    assert.deepEqual(mix(['__proto__']), [{ label: '__proto__', count: 1, share: 1 }]);
  });

  it('has shares that make one, and takes each label once', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c', 'constructor'), { minLength: 1 }), (labels) => {
        const shares = mix(labels);
        assert.ok(Math.abs(shares.reduce((sum, { share }) => sum + share, 0) - 1) < 1e-9);
        assert.equal(new Set(shares.map(({ label }) => label)).size, shares.length);
        for (const { label, count } of shares)
          assert.equal(count, labels.filter((other) => other === label).length);
      }),
    );
  });
});
