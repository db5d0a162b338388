import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { type ReducerName, reduce, reducerNames } from '../../../../src/core/statistics/reducer';

describe('reduce', () => {
  it('gives the number that its name says', () => {
    const values = [4, 1, 7, 2];
    const expected: Record<ReducerName, number> = {
      avg: 3.5,
      min: 1,
      max: 7,
      sum: 14,
      count: 4,
      last: 2,
      median: 3,
    };
    for (const name of reducerNames) assert.equal(reduce(name, values), expected[name], name);
  });

  it('skips NaN in all but count', () => {
    const values = [Number.NaN, 4, 2, Number.NaN];
    const expected: Record<ReducerName, number> = {
      avg: 3,
      min: 2,
      max: 4,
      sum: 6,
      count: 4,
      last: 2,
      median: 3,
    };
    for (const name of reducerNames) assert.equal(reduce(name, values), expected[name], name);
  });

  it('has no value of nothing, but for count', () => {
    for (const name of reducerNames) {
      assert.equal(reduce(name, []), name === 'count' ? 0 : undefined, name);
      assert.equal(reduce(name, [Number.NaN]), name === 'count' ? 1 : undefined, name);
    }
  });

  it('does not depend on the order of the values, but for last', () => {
    const values = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(values, fc.constantFrom(...reducerNames), (given, name) => {
        const sorted = [...given].sort((a, b) => a - b);
        if (name === 'last') assert.equal(reduce(name, given), given.at(-1));
        else assert.equal(reduce(name, given), reduce(name, sorted));
      }),
    );
  });

  it('takes very many values', () => {
    const values = Array.from({ length: 300_000 }, (_, i) => i % 10);
    assert.equal(reduce('max', values), 9);
    assert.equal(reduce('avg', values), 4.5);
  });
});
