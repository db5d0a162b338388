import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Signal, SignalSource } from '../../../../src/core/alerts/signalSource';
import { HumanError } from '../../../../src/core/humanError';
import { diagnoseMetrics } from '../../../../src/features/diagnose/diagnoseMetrics';
import { signalNames } from '../../../../src/features/metrics/signalNames';
import { settingsOf } from '../../platform/settingsOf';
import { english as t } from '../explorer/english';

const prometheus = { 'metrics.source': 'prometheus', 'metrics.url': 'http://p:9090' };
const nowUs = 1e12;

function diagnose(written: Readonly<Record<string, unknown>>, answer: Signal | Error | 'waiting') {
  const settings = settingsOf(written);
  const source: SignalSource = {
    standing: () => (answer === 'waiting' ? 'waiting' : 'ready'),
    ask: async () => {
      if (answer === 'waiting' || answer instanceof Error) throw answer;
      return answer;
    },
  };
  const names = signalNames(settings, 'staging', t);
  return diagnoseMetrics({ settings, source, names, nowUs, signal: new AbortController().signal, t });
}

const signal = (...values: number[]): Signal => ({
  series: values.map((value, i) => ({ service: `s${i}`, points: [{ timeUs: nowUs, value }] })),
  isReduced: true,
});

describe('diagnoseMetrics', () => {
  it('says what the values are, by service, and where they come from', async () => {
    const step = await diagnose(prometheus, signal(500, 40.123));
    assert.equal(step.isPassed, true);
    assert.equal(
      step.detail,
      's0 500 ms, s1 40.1 ms: avg of duration of ai_inference_pipeline over 5m, from Prometheus at http://p:9090.',
    );
    assert.match(
      (await diagnose(prometheus, signal(1, 2, 3, 4, 5, 6, 7))).detail,
      /^s0 1 ms, .*s4 5 ms and 2 more: avg of/,
    );
  });

  it('says what an empty answer may be about', async () => {
    const empty = signal();
    const said = async (written: Readonly<Record<string, unknown>>) => {
      const { isPassed, detail, remedy } = await diagnose(written, empty);
      assert.deepEqual([isPassed, remedy], [false, 'metrics settings']);
      return detail;
    };
    assert.match(
      await said({ 'metrics.source': 'jaeger-spm' }),
      /nothing of “ai_inference_pipeline” in the last 5m\. Do the spans pass/,
    );
    assert.match(
      await said(prometheus),
      /no duration_milliseconds of “ai_inference_pipeline”.*write your own/,
    );
    assert.match(
      await said({ ...prometheus, 'metrics.query': 'x' }),
      /whyspan\.metrics\.query gives no series with a value/,
    );
  });

  it('says why there is no answer, and leads to what can be done', async () => {
    const remedyOf = async (written: Readonly<Record<string, unknown>>, error: Error | 'waiting') => {
      const { isPassed, detail, remedy } = await diagnose(written, error);
      assert.equal(isPassed, false);
      return [detail, remedy];
    };
    const denied = new HumanError('unauthorized', '401');
    const token = { ...prometheus, 'metrics.connection': { auth: 'bearer' } };
    assert.deepEqual(await remedyOf(token, denied), ['401', 'set secret']);
    assert.deepEqual(await remedyOf(prometheus, denied), ['401', 'metrics settings']);
    assert.deepEqual(await remedyOf(prometheus, new HumanError('configuration', 'no')), [
      'no',
      'metrics settings',
    ]);
    assert.deepEqual((await remedyOf({ 'metrics.source': 'jaeger-spm' }, 'waiting'))[1], undefined);
  });

  it('does not hide a bug', () => assert.rejects(diagnose(prometheus, new TypeError('bug')), TypeError));
});
