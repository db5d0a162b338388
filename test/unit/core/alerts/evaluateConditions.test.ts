import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { evaluateConditions } from '../../../../src/core/alerts/evaluateConditions';
import { isFiring } from '../../../../src/core/alerts/isFiring';
import { RuleValues } from '../../../../src/core/alerts/ruleValues';
import { sourceOf } from './columnsOf';
import { ruleOf } from './ruleOf';

const nowUs = 1_000_000_000;
const fast = [[nowUs - 5, 10]] as const;
const slow = [[nowUs - 4, 400]] as const;

/** What a rule says of groups of values: kind and worst value by labels. */
function results(entry: Readonly<Record<string, unknown>>, groups: Parameters<typeof sourceOf>[0]): string[] {
  const rule = ruleOf(entry);
  const values = new RuleValues(sourceOf(groups), [rule], nowUs);
  return evaluateConditions(rule, values).map(
    ({ labels, kind, worst }) =>
      `${labels.join()}:${kind} ${worst ? `${worst.labels.join()}=${worst.value}` : '-'}`,
  );
}

const gt = (limit: number) => ({ evaluator: { type: 'gt', params: [limit] } });
const noValue = { evaluator: { type: 'no_value' } };
const legacy = { dialect: 'legacy' };

describe('evaluateConditions', () => {
  it('has one result for all series of a legacy rule, which fires when one does', () => {
    assert.deepEqual(results(legacy, { fast, slow }), [':firing slow=400']);
    assert.deepEqual(results({ ...legacy, ...gt(500) }, { fast, slow }), [':ok slow=400']);
  });

  it('has one for each group of a unified rule', () => {
    assert.deepEqual(results({}, { fast, slow }), ['fast:ok fast=10', 'slow:firing slow=400']);
  });

  it('has no data where no series has any in the window', () => {
    const old = [[nowUs - 400_000_000, 900]] as const;
    assert.deepEqual(results(legacy, { old }), [':no_data -']);
    assert.deepEqual(results({}, {}), [':no_data -']);
  });

  it('looks at (now − window, now]', () => {
    const edges = [
      [nowUs - 300_000_000, 1000],
      [nowUs, 10],
      [nowUs + 1, 1000],
    ] as const;
    assert.deepEqual(results({}, { edges }), ['edges:ok edges=10']);
  });

  it('fires for no value when there is none, in both dialects', () => {
    assert.deepEqual(results({ ...legacy, ...noValue }, {}), [':firing -']);
    assert.deepEqual(results(noValue, {}), [':firing -']);
    assert.deepEqual(results(noValue, { fast }), ['fast:ok fast=10']);
  });

  it('joins conditions from left to right without precedence', () => {
    // false and false or true; true or false and false
    const join = (limits: readonly number[], operators: readonly string[]) =>
      results({ conditions: limits.map((limit, i) => ({ ...gt(limit), operator: operators[i] })) }, { slow });
    assert.deepEqual(join([500, 500, 300], ['and', 'and', 'or']), ['slow:firing slow=400']);
    assert.deepEqual(join([300, 500, 500], ['and', 'or', 'and']), ['slow:ok slow=400']);
    assert.deepEqual(join([300, 500], ['or', 'and']), ['slow:ok slow=400']);
  });

  it('says firing before no data in the legacy dialect, and no data before firing in the unified one', () => {
    const conditions = [noValue, { ...gt(1), operator: 'or' }];
    assert.deepEqual(results({ ...legacy, conditions }, {}), [':firing -']);
    // The second condition has no data, and `or` joins that, too.
    assert.deepEqual(results({ conditions }, {}), [':no_data -']);
  });

  it('names the worst by what is feared: the lowest when low values fire', () => {
    assert.deepEqual(results({ ...legacy, evaluator: { type: 'lt', params: [500] } }, { slow, fast }), [
      ':firing fast=10',
    ]);
  });

  it('reads once what several rules look at', () => {
    const source = sourceOf({ fast });
    const rules = [ruleOf(), ruleOf({ reducer: 'max', window: '1h' })];
    const values = new RuleValues(source, rules, nowUs);
    for (const rule of rules) evaluateConditions(rule, values);
    assert.equal(source.asked.length, 1);
  });
});

describe('isFiring', () => {
  const table = [
    [{ type: 'gt', limit: 300 }, 300, false],
    [{ type: 'gt', limit: 300 }, 300.1, true],
    [{ type: 'lt', limit: 300 }, 300, false],
    [{ type: 'lt', limit: 300 }, 299, true],
    [{ type: 'within_range', limits: [1, 3] }, 2, true],
    [{ type: 'within_range', limits: [3, 1] }, 2, true],
    [{ type: 'within_range', limits: [1, 3] }, 3, false],
    [{ type: 'outside_range', limits: [3, 1] }, 4, true],
    [{ type: 'outside_range', limits: [1, 3] }, 1, false],
    [{ type: 'gt', limit: -1 }, undefined, false],
    [{ type: 'outside_range', limits: [1, 3] }, undefined, false],
    [{ type: 'no_value' }, undefined, true],
    [{ type: 'no_value' }, 0, false],
  ] as const;
  for (const [evaluator, value, expected] of table)
    it(`says ${expected} of ${value} for ${JSON.stringify(evaluator)}`, () =>
      assert.equal(isFiring(evaluator, value), expected));
});
