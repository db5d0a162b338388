import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { defaultAlertRule } from '../../../../src/core/alerts/alertRule';
import { initialAlertState } from '../../../../src/core/alerts/alertState';
import type { Evaluation } from '../../../../src/core/alerts/evaluateRule';
import { keptText, skippedText, statusText, type Watching } from '../../../../src/features/alerts/statusText';
import { english as t } from '../explorer/english';

const names = { quantity: 'storage_latency_ms', statistic: undefined, from: '', unit: 'ms' };
const context = { rule: defaultAlertRule, names, connectionName: '', receivesAt: '' };
const show = (evaluation: Evaluation | undefined, watching: Watching = 'yes') =>
  statusText({ ...initialAlertState, evaluation }, watching, context, t);
const worst = { service: 'vision', value: 412.34 };

describe('statusText', () => {
  it('says the value when all is well', () => {
    assert.deepEqual(show({ result: 'ok', worst: { ...worst, value: 45 } }), {
      text: '$(pass) avg 45 ms',
      label: 'Whyspan: storage_latency_ms avg 45 ms, OK',
      isAlerting: false,
    });
  });

  it('says by icon and by word that it fires', () => {
    assert.deepEqual(show({ result: 'firing', worst }), {
      text: '$(warning) avg 412 ms, Alerting (> 300 ms)',
      label: 'Whyspan: storage_latency_ms avg 412 ms, Alerting (> 300 ms), alerting',
      isAlerting: true,
    });
  });

  it('tells an outage from a value that is too high', () => {
    assert.deepEqual(show({ result: 'error', message: 'x' }), {
      text: '$(error) Alerting (Error): Jaeger unreachable',
      label: 'Whyspan: Alerting (Error): Jaeger unreachable',
      isAlerting: true,
    });
  });

  it('says of metrics what they measure, and that they cannot be had', () => {
    const metrics = {
      ...context,
      names: { quantity: 'duration of infer', statistic: 'p95', from: 'Prometheus', unit: 'ms' },
    };
    const showMetrics = (evaluation: Evaluation | undefined, watching: Watching = 'yes') =>
      statusText({ ...initialAlertState, evaluation }, watching, metrics, t).label;
    assert.deepEqual(
      [
        showMetrics({ result: 'firing', worst }),
        showMetrics({ result: 'error', message: 'x' }),
        showMetrics(undefined, 'failing'),
        showMetrics(undefined),
      ],
      [
        'Whyspan: duration of infer p95 412 ms, Alerting (> 300 ms), alerting',
        'Whyspan: Alerting (Error): metrics unavailable',
        'Whyspan: Metrics unavailable',
        'Whyspan: Waiting for metrics',
      ],
    );
    assert.equal(
      skippedText(3, defaultAlertRule, t),
      'Evaluations skipped: 3. The metrics did not answer within 1m.',
    );
  });

  it('says that it is muted, and still how it stands', () => {
    const { text, label } = show({ result: 'firing', worst }, 'muted');
    assert.match(text, /^\$\(warning\) .* \$\(bell-slash\)$/);
    assert.match(label, /, alerting, muted$/);
  });

  it('says in words why there is no value', () => {
    assert.equal(show(undefined).text, '$(sync) Waiting for Jaeger');
    assert.equal(show({ result: 'no_data' }).text, '$(circle-slash) No data for 5m');
    const texts: readonly (readonly [Watching, string])[] = [
      ['not connected', 'No Jaeger'],
      ['paused', 'Traces paused'],
      ['failing', 'Jaeger unreachable'],
      ['off', 'Alert off'],
    ];
    for (const [watching, words] of texts) {
      const { text, label, isAlerting } = show(undefined, watching);
      assert.deepEqual(
        [text.replace(/^\$\(.*?\) /, ''), label, isAlerting],
        [words, `Whyspan: ${words}`, false],
      );
    }
  });

  it('shows no old value while it is off, paused or not connected', () => {
    for (const watching of ['off', 'paused', 'not connected'] as const) {
      assert.doesNotMatch(show({ result: 'firing', worst }, watching).text, /412/);
    }
  });
});

describe('keptText', () => {
  const stats = {
    traces: 12,
    spans: 40,
    inferences: 12,
    bytes: 1_250_000,
    evictedByAge: 0,
    evictedBySize: 0,
    unreadableLatencies: 0,
  };

  it('says how much is kept, and nothing else when nothing was lost', () => {
    assert.deepEqual(keptText(stats, 0, t), ['Kept: 12 traces, 1.3 MB']);
  });

  it('counts what was let go and what could not be read', () => {
    assert.deepEqual(keptText({ ...stats, evictedByAge: 3, evictedBySize: 4 }, 5, t), [
      'Kept: 12 traces, 1.3 MB',
      'Let go: 3 by age, 4 for space',
      'Not readable, or mended: 5 things in answers',
    ]);
  });
});
