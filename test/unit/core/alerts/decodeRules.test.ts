import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { defaultAlertRule } from '../../../../src/core/alerts/alertRule';
import { decodeRules } from '../../../../src/core/alerts/decodeRules';
import { mainRule } from '../../../../src/core/alerts/mainRule';

const defaults = { latencyAttribute: 'storage_latency_ms' };
const decode = (...entries: unknown[]) => decodeRules(entries, defaults);
const gt300 = { type: 'gt', params: [300] };
const good = { name: 'Slow', evaluator: gt300 };

/** What is said of one entry that is wrong. */
function problem(entry: unknown): string {
  const { rules, problems } = decode(entry);
  assert.deepEqual([rules.length, problems.length], [0, 1], JSON.stringify(problems));
  return problems[0] ?? '';
}

describe('decodeRules', () => {
  it('takes a rule that says only what must be said, as a unified one for the latency', () => {
    const { rules, problems } = decode(good);
    assert.deepEqual(problems, []);
    assert.deepEqual(rules, [
      {
        ...{ uid: 'slow', name: 'Slow', dialect: 'unified', frequencyUs: 60_000_000, forUs: 0 },
        conditions: [
          {
            signal: { kind: 'attribute', name: 'storage_latency_ms' },
            ...{ service: '', operation: '', reducer: 'avg', windowUs: 300_000_000, operator: 'and' },
            evaluator: { type: 'gt', limit: 300 },
          },
        ],
        ...{ keepFiringForUs: 0, noDataState: 'NoData', execErrState: 'Error', isPaused: false },
        ...{ groupBy: ['service'], muteTimings: [] },
      },
    ]);
  });

  it('reads all that a rule may say', () => {
    const { rules, problems } = decode({
      ...{ uid: 'x', name: 'All', dialect: 'unified', service: 'vision', window: '10m', frequency: '20s' },
      ...{ for: '2m', keepFiringFor: '0', noDataState: 'KeepLast', execErrState: 'OK', paused: true },
      groupBy: [],
      conditions: [
        {
          signal: 'prediction_share',
          label: 'cat',
          evaluator: { type: 'outside_range', params: [0.2, 0.1] },
        },
        {
          signal: 'confidence',
          reducer: 'p90',
          window: '1m',
          operator: 'or',
          evaluator: { type: 'no_value' },
        },
        { signal: 'span_duration', operation: 'load', evaluator: { type: 'anomaly', baseline: '2h' } },
      ],
      muteTimings: [{ weekdays: ['Sunday'], from: '22:00', to: '06:30' }],
    });
    assert.deepEqual(problems, []);
    const [rule] = rules;
    assert.deepEqual(
      rule?.conditions.map(({ signal, service, operation, reducer, windowUs, operator }) => [
        ...[signal, service, operation, reducer, windowUs / 60e6, operator],
      ]),
      [
        [{ kind: 'prediction_share', label: 'cat' }, 'vision', '', 'avg', 10, 'and'],
        [{ kind: 'confidence', name: 'confidence' }, 'vision', '', 'p90', 1, 'or'],
        [{ kind: 'span_duration' }, 'vision', 'load', 'avg', 10, 'and'],
      ],
    );
    assert.deepEqual(rule?.conditions[2]?.evaluator, {
      ...{ type: 'anomaly', baselineUs: 7_200_000_000, falseAlarmRate: 0.001, leastChange: 0.1 },
      direction: 'up',
    });
    assert.deepEqual(rule?.muteTimings, [{ weekdays: ['sunday'], fromMinute: 1320, toMinute: 390 }]);
    assert.deepEqual(
      [rule?.groupBy, rule?.isPaused, rule?.forUs, rule?.noDataState],
      [[], true, 120_000_000, 'KeepLast'],
    );
  });

  it('has a legacy rule alert on an error, as the article has it', () => {
    const [rule] = decode({ ...good, dialect: 'legacy' }).rules;
    assert.equal(rule?.execErrState, 'Alerting');
  });

  it('says in a sentence what is wrong with each entry, and keeps the good ones', () => {
    const { rules, problems } = decode(5, good, { ...good, name: 'Other', for: 'soon', reducer: 'mean' });
    assert.deepEqual(
      rules.map(({ name }) => name),
      ['Slow'],
    );
    assert.deepEqual(problems, [
      'Alert rule 1 is left out: it is not an object in braces.',
      'Alert rule “Other” is left out: “reducer” is not one of avg, min, max, sum, count, last, median, p90, p95, p99, diff, diff_abs, percent_diff, percent_diff_abs, “for” is not a duration such as 5m, 1h30m or 20s.',
    ]);
  });

  it('accepts nothing that would watch something else than is meant', () => {
    assert.match(problem({ evaluator: gt300 }), /^Alert rule 1 is left out: “name” is missing\.$/);
    assert.match(problem({ name: 'x' }), /“evaluator” is missing, such as/);
    assert.match(problem({ ...good, treshold: 5 }), /“treshold” is no field of a rule/);
    assert.match(
      problem({ ...good, conditions: [{ treshold: 5 }] }),
      /“treshold” is no field of a condition/,
    );
    assert.match(problem({ ...good, evaluator: { type: 'gt', params: [1, 2] } }), /not one number/);
    assert.match(problem({ ...good, evaluator: { type: 'within_range', params: [1] } }), /not two numbers/);
    assert.match(problem({ ...good, evaluator: { type: 'gt', params: ['1'] } }), /not a list of numbers/);
    assert.match(problem({ ...good, signal: 'prediction_share' }), /“label” is missing/);
    assert.match(problem({ ...good, dialect: 'legacy', keepFiringFor: '1m' }), /unified rules only/);
    assert.match(problem({ ...good, dialect: 'legacy', execErrState: 'Error' }), /Alerting or KeepLast/);
    assert.match(
      problem({ ...good, reducer: 'sum', evaluator: { type: 'anomaly' } }),
      /“reducer” of an anomaly/,
    );
    assert.match(problem({ ...good, muteTimings: [{ from: '25:00' }] }), /“from” is not a time/);
    assert.match(problem({ ...good, muteTimings: [{ weekdays: ['someday'] }] }), /holds something else than/);
    assert.match(problem({ ...good, groupBy: [''] }), /“groupBy” is not a list of texts/);
    assert.match(problem({ ...good, uid: 'main' }), /“main” is that of another rule/);
  });

  it('keeps the first of two rules with one id', () => {
    const { rules, problems } = decode(good, { ...good, reducer: 'max' });
    assert.deepEqual([rules.length, problems.length], [1, 1]);
    assert.match(problems[0] ?? '', /“slow” is that of another rule/);
  });

  it('has a sentence or a rule for whatever is written', () => {
    const field = fc.oneof(fc.jsonValue(), fc.constantFrom('5m', 'legacy', gt300, 'gt', [], {}, 0));
    const keys = [
      'uid',
      'name',
      'dialect',
      'evaluator',
      'conditions',
      'window',
      'for',
      'groupBy',
      'muteTimings',
    ];
    const entry = fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom(...keys), field));
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 5 }), (entries) => {
        const { rules, problems } = decodeRules(entries, defaults);
        assert.equal(rules.length + problems.length, entries.length);
      }),
    );
  });
});

describe('mainRule', () => {
  it('is the article’s alert by default', () => {
    const rule = mainRule(defaultAlertRule);
    assert.deepEqual(
      [rule.dialect, rule.name, rule.execErrState],
      ['legacy', 'High Storage Latency Alert', 'Alerting'],
    );
    assert.deepEqual(rule.conditions[0].evaluator, { type: 'gt', limit: 300 });
  });
});
