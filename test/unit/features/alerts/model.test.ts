import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { defaultAlertRule } from '../../../../src/core/alerts/alertRule';
import { initialAlertState } from '../../../../src/core/alerts/alertState';
import type { Evaluation } from '../../../../src/core/alerts/evaluateRule';
import type { NoticeKind } from '../../../../src/core/alerts/ruleNotice';
import { type AlertContext, evidence, formatValue, noticeText } from '../../../../src/features/alerts/model';
import { english as t } from '../explorer/english';
import { assertShortLine, hostileTexts } from '../explorer/hostile';
import { inferenceOf } from '../explorer/inferenceOf';

const context: AlertContext = {
  rule: defaultAlertRule,
  names: { quantity: 'storage_latency_ms', statistic: undefined, from: '', unit: 'ms' },
  connectionName: 'staging',
  receivesAt: '',
};
const say = (notice: NoticeKind, evaluation: Evaluation | undefined, other: Partial<AlertContext> = {}) =>
  noticeText(notice, { ...initialAlertState, evaluation }, { ...context, ...other }, t);
const firing = (service: string, value = 412.34): Evaluation => ({
  result: 'firing',
  worst: { service, value },
});

describe('noticeText', () => {
  it('says what fires, where, and by how much', () => {
    assert.equal(
      say('firing', firing('vision')),
      'High Storage Latency Alert: avg of storage_latency_ms in vision was 412 ms over the last 5m, above 300 ms.',
    );
  });

  it('gives no unit to an attribute whose unit is not known', () => {
    assert.match(
      say('firing', firing('vision'), { names: { ...context.names, unit: '' } }),
      /was 412 over the last 5m, above 300\.$/,
    );
  });

  it('says that Jaeger does not answer, why, and what goes on', () => {
    assert.equal(
      say('outage', { result: 'error', message: 'http://h refuses the connection.' }),
      'High Storage Latency Alert is Alerting (Error): Jaeger “staging” does not answer. http://h refuses the connection. Whyspan keeps what it has and goes on trying.',
    );
  });

  describe('with values from metrics', () => {
    const names = {
      quantity: 'duration of infer',
      statistic: 'p95',
      from: 'the span metrics of Jaeger “staging”',
      unit: 'ms',
    };

    it('says what the value is and where it comes from', () => {
      assert.equal(
        say('firing', firing('vision'), { names }),
        'High Storage Latency Alert: p95 of duration of infer (the span metrics of Jaeger “staging”) in vision was 412 ms over the last 5m, above 300 ms.',
      );
      assert.match(
        say('resolved', { result: 'ok', worst: { service: 'vision', value: 45 } }, { names }),
        /p95 of duration of infer \(the span metrics of Jaeger “staging”\) is 45 ms/,
      );
    });

    it('says why there are none, and that there are again', () => {
      assert.equal(
        say('outage', { result: 'error', message: 'Prometheus cannot answer the query: 1:6' }, { names }),
        'High Storage Latency Alert is Alerting (Error): its metrics cannot be had. Prometheus cannot answer the query: 1:6',
      );
      assert.match(say('resolved', { result: 'no_data' }, { names }), /its metrics can be had again/);
    });
  });

  it('says that it is over', () => {
    assert.equal(
      say('resolved', { result: 'ok', worst: { service: 'vision', value: 45 } }),
      'High Storage Latency Alert is resolved: avg of storage_latency_ms is 45 ms over the last 5m, not above 300 ms.',
    );
    assert.equal(
      say('resolved', { result: 'no_data' }),
      'High Storage Latency Alert: Jaeger answers again, without data for the last 5m.',
    );
  });

  it('is one line of text whatever services and servers are called, without a link or a command to click', () => {
    for (const text of hostileTexts) {
      const rule = { ...defaultAlertRule, name: text };
      const said = [
        say('firing', firing(text), { rule }),
        say('outage', { result: 'error', message: text }, { connectionName: text, rule }),
        say('resolved', { result: 'no_data' }, { rule }),
      ];
      for (const line of said) {
        assertShortLine(line, 500);
        // What VS Code takes for a link in a notification.
        assert.doesNotMatch(line, /\[[^\]]+\]\((https?:\/\/|command:|file:)/i);
      }
    }
  });
});

describe('formatValue', () => {
  it('has a unit when there is one', () => {
    assert.deepEqual([formatValue(0.12345, 'ms'), formatValue(1234.5, '')], ['0.123 ms', '1235']);
  });
});

describe('evidence', () => {
  const slow = inferenceOf({ latency: 400 });
  const slowLater = inferenceOf({ latency: 400, endUs: 5 });
  const slowest = inferenceOf({ latency: 4000 });
  const fast = inferenceOf({ latency: 4 });
  const none = inferenceOf({});
  const latency = ({ storageLatencyMs }: typeof slow) => storageLatencyMs;

  it('is the inference whose value is nearest to the alert’s, of equals the last', () => {
    assert.equal(evidence([fast, slow, slowLater, none, slowest, fast], latency, 412), slowLater);
    assert.equal(evidence([none, slow, fast], latency, 0), fast);
  });

  it('is the last one when there is nothing to compare, and nothing of nothing', () => {
    assert.equal(
      evidence([fast, none], () => undefined, 5),
      none,
    );
    assert.equal(evidence([slow, fast], latency, undefined), fast);
    assert.equal(
      evidence([], () => 1, 1),
      undefined,
    );
  });
});
