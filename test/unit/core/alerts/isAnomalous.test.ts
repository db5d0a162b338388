import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isAnomalous } from '../../../../src/core/alerts/isAnomalous';
import type { AnomalyEvaluator, RuleReducer } from '../../../../src/core/alerts/rule';
import { ValueWindow } from '../../../../src/core/alerts/valueWindow';
import { columnOf } from './columnsOf';

const evaluator: AnomalyEvaluator = {
  type: 'anomaly',
  baselineUs: 1,
  falseAlarmRate: 0.001,
  leastChange: 0.1,
  direction: 'up',
};

/** Values that go up and down without a trend, around a middle. */
const wave = (count: number, middle: number) =>
  Array.from({ length: count }, (_, i) => middle + ((i * 37) % 21) - 10);
const windowOf = (values: readonly number[]) =>
  new ValueWindow({ columns: [columnOf(values.map((value, i) => [i + 1, value]))] }, 0, values.length);
const says = (
  before: readonly number[],
  now: readonly number[],
  other: Partial<AnomalyEvaluator> = {},
  reducer: RuleReducer = 'avg',
) => isAnomalous({ before: windowOf(before), now: windowOf(now) }, reducer, { ...evaluator, ...other }, 7);

describe('isAnomalous', () => {
  it('finds a shift, and says what it was before', () => {
    const { isAnomalous: is, before } = says(wave(420, 60), wave(60, 90));
    assert.deepEqual([is, before && Math.round(before)], [true, 60]);
    assert.equal(says(wave(420, 60), wave(60, 90), {}, 'median').isAnomalous, true);
    // A high quantile is made of few values, and needs more of them.
    for (const reducer of ['p90', 'p95'] as const)
      assert.equal(says(wave(9600, 60), wave(800, 90), {}, reducer).isAnomalous, true, reducer);
  });

  it('says nothing of what has not changed, or by less than is asked for', () => {
    assert.equal(says(wave(420, 60), wave(60, 60)).isAnomalous, false);
    assert.equal(says(wave(4200, 60), wave(600, 64)).isAnomalous, false);
    assert.equal(says(wave(4200, 60), wave(600, 64), { leastChange: 0 }).isAnomalous, true);
  });

  it('does not take a few outliers for a shift', () => {
    const heavy = wave(480, 60).map((value, i) => (i % 40 === 0 ? 3000 : value));
    assert.equal(says(heavy.slice(0, 420), [...heavy.slice(420), 3000]).isAnomalous, false);
  });

  it('looks into the direction that is asked for', () => {
    assert.equal(says(wave(420, 60), wave(60, 30)).isAnomalous, false);
    assert.equal(says(wave(420, 60), wave(60, 30), { direction: 'down' }).isAnomalous, true);
    assert.equal(says(wave(420, 60), wave(60, 90), { direction: 'both' }).isAnomalous, true);
    assert.equal(says(wave(420, 60), wave(60, 90), { direction: 'down' }).isAnomalous, false);
  });

  it('says nothing when there is too little to compare', () => {
    assert.equal(says(wave(100, 60), wave(60, 900)).isAnomalous, false);
    assert.equal(says(wave(100, 60), wave(5, 900)).isAnomalous, false);
    assert.deepEqual(says([], wave(50, 900)), { isAnomalous: false, before: undefined });
  });

  it('gives the same answer to the same question', () => {
    const [before, now] = [wave(420, 60), wave(60, 67)];
    assert.deepEqual(says(before, now), says(before, now));
  });
});
