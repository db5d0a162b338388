import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { defaultAlertRule } from '../../../../src/core/alerts/alertRule';
import { evaluateSignal } from '../../../../src/core/alerts/evaluateRule';
import { isHumanError } from '../../../../src/core/humanError';
import { PrometheusSignals } from '../../../../src/features/metrics/prometheusSignals';
import type { RangeQuery } from '../../../../src/sources/prometheusClient';
import { settingsOf } from '../../platform/settingsOf';

const never = new AbortController().signal;
const nowUs = 1_700_000_007_123_000;
const now = { fromUs: nowUs, toUs: nowUs, stepUs: 60e6 };

/** A Prometheus that gives one service a value at each step: the number of the step. */
function prometheus(written: Readonly<Record<string, unknown>> = {}) {
  const asked: RangeQuery[] = [];
  const notes: string[] = [];
  const signals = new PrometheusSignals({
    settings: () => settingsOf(written),
    client: async () => ({
      queryRange: async (query) => {
        asked.push(query);
        const count = Math.round((query.toUs - query.fromUs) / query.stepUs) + 1;
        const points = Array.from({ length: count }, (_, i) => ({
          timeUs: query.fromUs + i * query.stepUs,
          value: i + 1,
        }));
        return {
          kind: 'series',
          series: [{ labels: new Map([['service', 'ai']]), points }],
          problems: [],
          warnings: ['slow'],
        };
      },
    }),
    onNote: (note) => notes.push(note),
  });
  return { signals, asked, notes };
}

describe('PrometheusSignals', () => {
  it('asks by default for the mean duration of the inference span at that moment', async () => {
    const { signals, asked, notes } = prometheus({ services: ['a', 'b'] });
    const signal = await signals.ask(defaultAlertRule, now, never);
    assert.deepEqual(
      [signal.isReduced, signal.series[0]?.points, asked[0]?.fromUs, asked[0]?.toUs],
      [true, [{ timeUs: nowUs, value: 1 }], nowUs, nowUs],
    );
    assert.match(asked[0]?.promql ?? '', /service_name=~"a\|b",span_name="ai_inference_pipeline"\}\[300s\]/);
    assert.deepEqual(notes, ['slow']);
  });

  it('takes the value of a query that looks back itself as it is, in milliseconds', async () => {
    const { signals } = prometheus({ 'metrics.query': 'rate(x[$window])', 'metrics.unit': 's' });
    const signal = await signals.ask({ ...defaultAlertRule, reducer: 'count' }, now, never);
    assert.deepEqual(evaluateSignal({ ...defaultAlertRule, reducer: 'count' }, signal, nowUs), {
      result: 'firing',
      worst: { service: 'ai', value: 1000 },
    });
  });

  it('reduces another query over the window, by the rule’s reducer, on whole steps', async () => {
    const { signals, asked } = prometheus({ 'metrics.query': 'storage_latency_ms' });
    const signal = await signals.ask(defaultAlertRule, now, never);
    const [query] = asked;
    assert.ok(query);
    assert.deepEqual([query.stepUs, query.fromUs % 15e6, query.toUs % 15e6], [15e6, 0, 0]);
    assert.ok(query.fromUs > nowUs - 300e6 && query.toUs <= nowUs && query.toUs > nowUs - 15e6);
    assert.equal(signal.series[0]?.points.length, 20);
    assert.deepEqual(evaluateSignal(defaultAlertRule, signal, nowUs), {
      result: 'ok',
      worst: { service: 'ai', value: 10.5 },
    });
  });

  it('asks for a whole line at once, on whole steps, and never for more points than Prometheus gives', async () => {
    const day = { fromUs: nowUs - 86_400e6, toUs: nowUs, stepUs: 120e6 };
    const { signals, asked } = prometheus();
    await signals.ask(defaultAlertRule, day, never);
    assert.deepEqual(
      [asked[0]?.stepUs, (asked[0]?.fromUs ?? 1) % 120e6, (asked[0]?.toUs ?? 1) % 120e6],
      [120e6, 0, 0],
    );
    const raw = prometheus({ 'metrics.query': 'x' });
    const week = { ...day, fromUs: nowUs - 7 * 86_400e6 };
    const signal = await raw.signals.ask({ ...defaultAlertRule, windowUs: 1e6 }, week, never);
    assert.ok((signal.series[0]?.points.length ?? 0) <= 5001);
  });

  it('says that a histogram knows no maximum', async () => {
    const { signals, asked } = prometheus();
    await assert.rejects(signals.ask({ ...defaultAlertRule, reducer: 'max' }, now, never), (error) => {
      assert.ok(isHumanError(error) && error.kind === 'configuration');
      assert.match(error.message, /no “max” of a duration\. Set whyspan\.alert\.reducer to avg or median/);
      return true;
    });
    assert.equal(asked.length, 0);
  });
});
