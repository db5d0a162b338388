import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { decodeRules } from '../../../../src/core/alerts/decodeRules';
import { ruleEntry, signalChoices } from '../../../../src/features/alerts/newRule';
import { NotificationBudget } from '../../../../src/features/alerts/notificationBudget';
import { english as t } from '../explorer/english';

describe('a new rule', () => {
  for (const choice of signalChoices('storage_latency_ms', t)) {
    it(`can be used as it is written: ${choice.label}`, () => {
      const subject = choice.asks === undefined ? '' : 'confidence';
      const entry = ruleEntry({ choice, subject, limit: choice.limit, window: '1h 30m', name: ' New ' });
      const { rules, problems } = decodeRules([entry], { latencyAttribute: 'storage_latency_ms' });
      assert.deepEqual(problems, []);
      const [rule] = rules;
      assert.deepEqual([rule?.name, rule?.conditions[0].windowUs], ['New', 5_400_000_000]);
      assert.equal(rule?.conditions[0].evaluator.type, choice.limit.includes('<') ? 'lt' : 'gt');
    });
  }

  it('has shares from 0 to 1 where people write percent', () => {
    const choice = signalChoices('x', t).find(({ signal }) => signal === 'error_share') ?? assert.fail();
    const entry = ruleEntry({ choice, subject: '', limit: '> 5', window: '5m', name: 'x' });
    assert.deepEqual(entry.evaluator, { type: 'gt', params: [0.05] });
  });
});

describe('NotificationBudget', () => {
  it('gives so many within an hour, says which is the last, and goes on an hour after the first', () => {
    let nowMs = 0;
    const budget = new NotificationBudget(
      () => 2,
      () => nowMs,
    );
    assert.deepEqual([budget.take(), budget.take(), budget.take()], ['shown', 'last', 'withheld']);
    nowMs = 3_599_999;
    assert.equal(budget.take(), 'withheld');
    nowMs = 3_600_000;
    assert.equal(budget.take(), 'shown');
  });

  it('gives none when none is allowed', () => {
    assert.equal(
      new NotificationBudget(
        () => 0,
        () => 0,
      ).take(),
      'withheld',
    );
  });
});
