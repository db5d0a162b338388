import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { minTrendValues, trend } from '../../../../src/core/statistics/trend';

describe('trend', () => {
  it('compares the newer third with the rest', () => {
    assert.equal(trend([10, 10, 10, 10, 20, 20]), 'rising');
    assert.equal(trend([10, 10, 10, 10, 5, 5]), 'falling');
    assert.equal(trend([10, 10, 10, 10, 11, 11]), 'steady');
  });

  it('takes a third for the newer values, not more', () => {
    assert.equal(trend([10, 10, 10, 10, 10, 20]), 'rising');
    assert.equal(trend([10, 10, 10, 20, 10, 10]), 'steady');
  });

  it('is steady at exactly the tolerance', () => {
    assert.equal(trend([10, 10, 10, 10, 12, 12], 0.2), 'steady');
    assert.equal(trend([10, 10, 10, 10, 12.01, 12.01], 0.2), 'rising');
    assert.equal(trend([10, 10, 10, 10, 7.99, 7.99], 0.2), 'falling');
  });

  it('is not moved by one outlier', () => {
    assert.equal(trend([10, 10, 900, 10, 10, 10, 11, 11, 900]), 'steady');
  });

  it('says nothing of too few values, or of none that are numbers', () => {
    assert.equal(trend(new Array(minTrendValues - 1).fill(1)), undefined);
    assert.equal(trend(new Array(minTrendValues).fill(1)), 'steady');
    assert.equal(trend(new Array(9).fill(Number.NaN)), undefined);
  });

  it('takes the sign of what it measures into account', () => {
    assert.equal(trend([-10, -10, -10, -10, -5, -5]), 'rising');
    assert.equal(trend([0, 0, 0, 0, 1, 1]), 'rising');
  });

  it('turns round when the values do', () => {
    const opposite = { rising: 'falling', falling: 'rising', steady: 'steady' } as const;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 6, maxLength: 20 }), (values) => {
        const way = trend(values) ?? assert.fail();
        assert.equal(trend(values.map((value) => -value)), opposite[way]);
      }),
    );
  });
});
