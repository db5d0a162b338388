import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { KeptStates } from '../../../../src/features/alerts/keptStates';
import { ruleOf } from '../../core/alerts/ruleOf';
import { storageOf } from './storageOf';

describe('KeptStates', () => {
  it('reads nothing from what it does not understand, whatever is there', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        assert.equal(
          new KeptStates(storageOf({ 'whyspan.alerts.states': value }), () => 0).rule('x')?.history.length ??
            0,
          0,
        );
      }),
    );
  });

  it('keeps what can be read of a rule', () => {
    const period = { name: 'alerting', reason: '', fromUs: 1, toUs: 2, value: 5 };
    const instance = {
      ...{ labels: ['svc', 5], enteredUs: 3, told: { isFiring: true } },
      state: { name: 'alerting', reason: 'odd', sinceUs: 1 },
    };
    const rules = { x: { history: [period, { name: 'odd' }, 7], instances: [instance, {}] } };
    const kept = new KeptStates(
      storageOf({ 'whyspan.alerts.states': { version: 1, savedAtMs: 9, rules } }),
      () => 9,
    );
    assert.deepEqual(kept.rule('x')?.history, [period]);
    const [known] = [...(kept.rule('x')?.instancesOf(ruleOf()) ?? [])].map(([, each]) => each);
    assert.deepEqual(
      [known?.labels, known?.state, known?.told],
      [['svc'], { name: 'alerting', reason: '', sinceUs: 1 }, { isFiring: true, isOutage: false }],
    );
  });
});
