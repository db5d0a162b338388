import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { ValueWindow } from '../../../../src/core/alerts/valueWindow';
import { quantile } from '../../../../src/core/statistics/quantile';
import { reduce, reducerNames } from '../../../../src/core/statistics/reducer';
import { columnOf } from './columnsOf';

/** The values of a window, which lie in one column or in several of one each. */
const windowOf = (values: readonly number[], weights?: readonly number[], isSplit = false) => {
  const all = values.map((value, i) => [i + 1, value] as const);
  const columns = isSplit
    ? all.map((each, i) => columnOf([each], weights && [weights[i] ?? 1]))
    : [columnOf(all, weights)];
  return new ValueWindow({ columns }, 0, values.length);
};

const close = (a: number | undefined, b: number | undefined) =>
  a === b || Math.abs((a ?? Number.NaN) - (b ?? Number.NaN)) <= 1e-9 * Math.max(1, Math.abs(b ?? 0));

describe('ValueWindow', () => {
  const value = fc.integer({ min: -1000, max: 1000 });

  it('reduces as the reducers of values do, with and without weights', () => {
    const pair = fc.tuple(value, fc.integer({ min: 0, max: 4 }));
    fc.assert(
      fc.property(
        fc.array(pair),
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom(...reducerNames),
        (pairs, isSample, isSplit, name) => {
          const values = pairs.map(([each]) => each);
          const weights = isSample ? pairs.map(([, weight]) => weight) : undefined;
          // A series without points is null, whatever it is reduced to.
          const expected = values.length === 0 ? undefined : reduce(name, values, weights);
          assert.ok(close(windowOf(values, weights, isSplit).reduce(name, 'unified'), expected));
        },
      ),
    );
  });

  it('has quantiles in any order in which they are asked for', () => {
    const names = fc.shuffledSubarray(['p90', 'p95', 'p99', 'median'] as const, { minLength: 4 });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), names, (values, order) => {
        const window = windowOf(values);
        const qs = { median: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 };
        for (const name of order) assert.ok(close(window.reduce(name, 'legacy'), quantile(values, qs[name])));
      }),
    );
  });

  it('tells the newest from the oldest, with a sign in the unified dialect only', () => {
    const falling = windowOf([-40, 7, -50]);
    assert.deepEqual(
      [
        ...[falling.reduce('diff', 'unified'), falling.reduce('diff', 'legacy')],
        ...[falling.reduce('percent_diff', 'unified'), falling.reduce('percent_diff', 'legacy')],
        ...[falling.reduce('diff_abs', 'unified'), falling.reduce('percent_diff_abs', 'unified')],
      ],
      [-10, 10, -25, 25, 10, 25],
    );
    assert.equal(windowOf([5]).reduce('diff', 'unified'), 0);
  });

  it('takes what ended after the beginning, and at the end', () => {
    const column = columnOf([
      [1, 10],
      [2, 20],
      [3, 30],
    ]);
    assert.deepEqual([...new ValueWindow({ columns: [column] }, 1, 2).copy()], [20]);
    assert.equal(new ValueWindow({ columns: [column] }, 3, 9).reduce('count', 'unified'), undefined);
  });
});
