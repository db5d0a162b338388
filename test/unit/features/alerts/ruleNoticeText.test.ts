import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { RuleInstance, RuleNotice } from '../../../../src/core/alerts/ruleRun';
import { mergedText, ruleNoticeText } from '../../../../src/features/alerts/ruleNoticeText';
import { ruleOf } from '../../core/alerts/ruleOf';
import { english as t } from '../explorer/english';
import { assertShortLine, hostileTexts } from '../explorer/hostile';

const context = { latencyAttribute: 'storage_latency_ms', connectionName: 'staging', t };

/** A notice of a rule as it is written, with a value of the service `svc`. */
function notice(
  entry: Readonly<Record<string, unknown>>,
  kind: RuleNotice['kind'],
  { value, before, ...instance }: Partial<RuleInstance> & { value?: number; before?: number } = {},
): RuleNotice {
  const rule = ruleOf(entry);
  const [condition] = rule.conditions;
  const labels = ['svc'];
  const worst = value === undefined ? undefined : { labels, value, before };
  const state = { name: 'alerting', reason: '', sinceUs: 0 } as const;
  const known = {
    labels,
    condition,
    worst,
    state,
    enteredUs: 0,
    missed: 0,
    told: { isFiring: true, isOutage: false },
  };
  return { rule, kind, message: 'http://h refuses.', instance: { ...known, ...instance } };
}
const say = (...args: Parameters<typeof notice>) => ruleNoticeText(notice(...args), context);

describe('ruleNoticeText', () => {
  it('says what fires, where, by how much and against what', () => {
    const cases: [Readonly<Record<string, unknown>>, number, string][] = [
      [{}, 412.3, 'Rule: avg of storage_latency_ms in svc was 412 ms over the last 5m, above 300 ms.'],
      [
        { signal: 'confidence', reducer: 'p90', evaluator: { type: 'lt', params: [0.5] } },
        0.2,
        'Rule: p90 of confidence in svc was 0.2 over the last 5m, below 0.5.',
      ],
      [
        {
          signal: 'prediction_share',
          label: 'cat',
          evaluator: { type: 'outside_range', params: [0.6, 0.2] },
        },
        0.8,
        'Rule: share of “cat” in svc was 80 % over the last 5m, outside of 20 % to 60 %.',
      ],
      [
        { signal: 'span_duration', operation: 'load', evaluator: { type: 'within_range', params: [1, 9] } },
        5,
        'Rule: avg of the duration of load in svc was 5 ms over the last 5m, between 1 ms and 9 ms.',
      ],
    ];
    for (const [entry, value, text] of cases) assert.equal(say(entry, 'firing', { value }), text);
  });

  it('says what a change is measured against', () => {
    assert.equal(
      say({ evaluator: { type: 'anomaly', baseline: '2h' } }, 'firing', { value: 90, before: 60 }),
      'Rule: avg of storage_latency_ms in svc was 90 ms over the last 5m, against 60 ms in the 2h before.',
    );
  });

  it('says so when it is the missing data that alerts', () => {
    const state = { name: 'alerting', reason: 'NoData', sinceUs: 0 } as const;
    assert.equal(
      say({}, 'firing', { state }),
      'Rule is Alerting (NoData): there is no data for the last 5m.',
    );
  });

  it('says that the source fails, and that it is over', () => {
    const error = { name: 'error', reason: '', sinceUs: 0 } as const;
    assert.equal(
      say({}, 'outage', { state: error }),
      'Rule is Error: Jaeger “staging” does not answer. http://h refuses.',
    );
    assert.equal(
      say({}, 'resolved', { value: 45 }),
      'Rule is resolved: avg of storage_latency_ms in svc is 45 ms over the last 5m.',
    );
    const missing = { name: 'ok', reason: 'MissingSeries', sinceUs: 0 } as const;
    assert.equal(say({}, 'resolved', { state: missing }), 'Rule is resolved: svc is no longer there.');
  });

  it('names in one sentence what happens at once, each rule once', () => {
    const notices = [
      notice({ name: 'A' }, 'firing', { value: 1 }),
      notice({ name: 'A' }, 'firing', { value: 2 }),
      notice({ name: 'B' }, 'resolved'),
      notice({ name: 'C' }, 'outage'),
    ];
    assert.equal(
      mergedText(notices, context),
      '4 alerts changed. Firing: A. Jaeger “staging” does not answer: C. Resolved: B.',
    );
  });

  it('is one line of text whatever rules, labels and servers are called', () => {
    for (const text of hostileTexts) {
      const name = text.trim() === '' ? 'x' : text;
      const hostile = notice({ name, signal: 'prediction_share', label: name }, 'firing', {
        value: 1,
        labels: [text],
      });
      const said = [
        ruleNoticeText(hostile, context),
        ruleNoticeText({ ...hostile, kind: 'outage', message: text }, { ...context, connectionName: text }),
        mergedText([hostile, hostile], { ...context, connectionName: text }),
      ];
      for (const line of said) {
        assertShortLine(line, 700);
        assert.doesNotMatch(line, /\[[^\]]+\]\((https?:\/\/|command:|file:)/i);
      }
    }
  });
});
