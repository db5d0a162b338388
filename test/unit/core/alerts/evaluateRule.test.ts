import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { type AlertRule, defaultAlertRule } from '../../../../src/core/alerts/alertRule';
import { evaluateRule } from '../../../../src/core/alerts/evaluateRule';
import { reducerNames } from '../../../../src/core/statistics/reducer';

const rule: AlertRule = { ...defaultAlertRule, windowUs: 100, threshold: 300 };
const at = (timeUs: number, value: number) => ({ timeUs, value });
const series = (service: string, ...points: { timeUs: number; value: number }[]) => ({ service, points });

describe('evaluateRule', () => {
  it('fires strictly above the threshold', () => {
    assert.deepEqual(evaluateRule(rule, [series('a', at(50, 300))], 50), {
      result: 'ok',
      worst: { service: 'a', value: 300 },
    });
    assert.equal(evaluateRule(rule, [series('a', at(50, 300.001))], 50).result, 'firing');
  });

  it('looks at points in (now − window, now]', () => {
    const points = series('a', at(900, 900), at(901, 100), at(1000, 200), at(1001, 900));
    assert.deepEqual(evaluateRule(rule, [points], 1000), {
      result: 'ok',
      worst: { service: 'a', value: 150 },
    });
  });

  it('reduces each service alone and names the worst', () => {
    const both = [
      series('a', at(1, 100), at(2, 200)),
      series('b', at(1, 400), at(2, 600)),
      series('c', at(1, 450)),
    ];
    assert.deepEqual(evaluateRule(rule, both, 10), { result: 'firing', worst: { service: 'b', value: 500 } });
  });

  it('has no data without series, without points in the window, and with nothing but NaN', () => {
    for (const given of [[], [series('a')], [series('a', at(1, 999))], [series('a', at(950, Number.NaN))]]) {
      assert.deepEqual(evaluateRule(rule, given, 1000), { result: 'no_data' });
    }
  });

  it('does not let a service without data hide another', () => {
    const given = [series('silent'), series('a', at(990, 301)), series('old', at(1, 999))];
    assert.equal(evaluateRule(rule, given, 1000).result, 'firing');
  });

  it('has no data for count either when the window is empty, as Grafana has it', () => {
    const counting: AlertRule = { ...rule, reducer: 'count', threshold: -1 };
    assert.equal(evaluateRule(counting, [series('a', at(1, 5))], 1000).result, 'no_data');
    assert.equal(evaluateRule(counting, [series('a', at(950, 5))], 1000).result, 'firing');
  });

  it('compares values that are below zero', () => {
    const negative = [series('a', at(1, -9)), series('b', at(1, -5))];
    assert.deepEqual(evaluateRule({ ...rule, threshold: -6 }, negative, 1), {
      result: 'firing',
      worst: { service: 'b', value: -5 },
    });
  });

  it('fires exactly when one of its services would fire alone', () => {
    const points = fc.array(fc.record({ timeUs: fc.nat(200), value: fc.integer({ min: 200, max: 400 }) }), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(
        fc.array(points, { maxLength: 4 }),
        fc.constantFrom(...reducerNames),
        fc.nat(300),
        (all, reducer, nowUs) => {
          const given = all.map((some, i) => ({
            service: `s${i}`,
            points: some.sort((a, b) => a.timeUs - b.timeUs),
          }));
          const alone = given.map((one) => evaluateRule({ ...rule, reducer }, [one], nowUs).result);
          const expected = alone.includes('firing') ? 'firing' : alone.includes('ok') ? 'ok' : 'no_data';
          assert.equal(evaluateRule({ ...rule, reducer }, given, nowUs).result, expected);
        },
      ),
    );
  });
});
