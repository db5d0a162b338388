import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { measuresDuration, signalNames, statisticOf } from '../../../../src/features/metrics/signalNames';
import { settingsOf } from '../../platform/settingsOf';
import { english as t } from '../explorer/english';

const url = { 'metrics.url': 'http://p:9090' };

/** All that is said of a choice, in a line. */
function said(written: Readonly<Record<string, unknown>>): string {
  const settings = settingsOf(written);
  const names = signalNames(settings, 'staging', t);
  return `${statisticOf(names, settings.alert)} of ${names.quantity} [${names.unit}] from ${names.from}`;
}

describe('signalNames', () => {
  it('calls traces by the attribute, and metrics by what they really measure', () => {
    assert.equal(said({}), 'avg of storage_latency_ms [ms] from ');
    assert.equal(said({ 'alert.attribute': 'tokens' }), 'avg of tokens [] from ');
    assert.equal(
      said({ 'metrics.source': 'jaeger-spm', 'metrics.quantile': 0.999 }),
      'p99.9 of duration of ai_inference_pipeline [ms] from the span metrics of Jaeger “staging”',
    );
    const prometheus = { 'metrics.source': 'prometheus', ...url };
    assert.equal(
      said(prometheus),
      'avg of duration of ai_inference_pipeline [ms] from Prometheus at http://p:9090',
    );
    assert.equal(
      said({ ...prometheus, 'metrics.query': 'rate(bytes[$window])', 'metrics.unit': 'none' }),
      'value of rate(bytes[$window]) [] from Prometheus at http://p:9090',
    );
    assert.equal(
      said({
        ...prometheus,
        'metrics.query': 'storage_latency_seconds',
        'metrics.unit': 's',
        'alert.reducer': 'max',
      }),
      'max of storage_latency_seconds [ms] from Prometheus at http://p:9090',
    );
  });

  it('compares single traces by their duration where the metrics are durations', () => {
    const of = (written: Readonly<Record<string, unknown>>) => measuresDuration(settingsOf(written).metrics);
    assert.deepEqual(
      [
        of({}),
        of({ 'metrics.source': 'jaeger-spm', 'metrics.query': 'x' }),
        of({ 'metrics.source': 'prometheus' }),
        of({ 'metrics.source': 'prometheus', 'metrics.query': 'x' }),
      ],
      [false, true, true, false],
    );
  });
});
