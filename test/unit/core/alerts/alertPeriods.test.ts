import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { type AlertPeriod, enterPeriod } from '../../../../src/core/alerts/alertPeriods';
import type { AlertStateName } from '../../../../src/core/alerts/alertState';

describe('enterPeriod', () => {
  it('ends the last period where the next begins', () => {
    const periods = enterPeriod(enterPeriod([], 'ok', 10), 'alerting', 25);
    assert.deepEqual(periods, [
      { state: 'ok', fromUs: 10, toUs: 25 },
      { state: 'alerting', fromUs: 25, toUs: undefined },
    ]);
  });

  it('changes nothing while the state lasts', () => {
    const periods = enterPeriod([], 'ok', 10);
    assert.equal(enterPeriod(periods, 'ok', 20), periods);
  });

  it('keeps the newest periods', () => {
    let periods: readonly AlertPeriod[] = [];
    for (let i = 0; i < 10; i++) periods = enterPeriod(periods, i % 2 ? 'ok' : 'alerting', i, 3);
    assert.deepEqual(
      periods.map(({ fromUs }) => fromUs),
      [7, 8, 9],
    );
  });

  it('leaves no gap, repeats no state, and only the last period lasts', () => {
    const steps = fc.array(
      fc.tuple(fc.constantFrom<AlertStateName>('unknown', 'ok', 'alerting', 'no_data'), fc.nat(5)),
    );
    fc.assert(
      fc.property(steps, (given) => {
        let nowUs = 0;
        let periods: readonly AlertPeriod[] = [];
        for (const [state, wait] of given) {
          nowUs += wait;
          periods = enterPeriod(periods, state, nowUs);
          assert.equal(periods.at(-1)?.state, state);
        }
        periods.forEach((period, i) => {
          const next = periods[i + 1];
          assert.equal(period.toUs, next?.fromUs);
          assert.notEqual(period.state, next?.state);
        });
      }),
    );
  });
});
