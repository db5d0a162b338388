import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { defaultAlertRule } from '../../../../src/core/alerts/alertRule';
import { HumanError } from '../../../../src/core/humanError';
import { SpmSignals } from '../../../../src/features/metrics/spmSignals';
import type { SourceStatus } from '../../../../src/sources/sourceStatus';
import type { SpmQuestion } from '../../../../src/sources/spmLatencies';
import { settingsOf } from '../../platform/settingsOf';

const never = new AbortController().signal;
const ok: SourceStatus = {
  ...{ kind: 'ok', answeredAtUs: 1, services: ['ai'] },
  ...{ leftOutServices: [], problemCount: 0 },
};
const error = new HumanError('unreachable', 'refused');
const failing: SourceStatus = { kind: 'failing', error, sinceUs: 0, retryAtUs: 0, hasAnswered: true };

function jaeger(written: Readonly<Record<string, unknown>> = {}) {
  const state: { status: SourceStatus } = { status: ok };
  const asked: SpmQuestion[] = [];
  const signals = new SpmSignals({
    settings: () => settingsOf(written),
    status: () => state.status,
    client: async () => ({
      latencies: async (question) => {
        asked.push(question);
        return { kind: 'series', series: [], problems: [], warnings: [] };
      },
    }),
  });
  return { signals, asked, state };
}

describe('SpmSignals', () => {
  it('asks for the quantile of the inference span over the window, of the services that are watched', async () => {
    const { signals, asked } = jaeger({ 'metrics.quantile': 0.5 });
    const signal = await signals.ask(defaultAlertRule, { fromUs: 7e9, toUs: 7e9, stepUs: 5000 }, never);
    assert.deepEqual(signal, { series: [], isReduced: true });
    assert.deepEqual(asked, [
      {
        ...{ services: ['ai'], operation: 'ai_inference_pipeline', quantile: 0.5, windowUs: 300e6 },
        ...{ fromUs: 7e9, toUs: 7e9, stepUs: 1e6 },
      },
    ]);
  });

  it('asks of the services that the user chose', async () => {
    const { signals, asked } = jaeger({ services: ['mine'] });
    await signals.ask(defaultAlertRule, { fromUs: 1, toUs: 1, stepUs: 1e6 }, never);
    assert.deepEqual(asked[0]?.services, ['mine']);
  });

  it('waits for a service to be known, and remembers it while polls fail', () => {
    const { signals, state } = jaeger();
    const standing = (status: SourceStatus) => {
      state.status = status;
      return signals.standing();
    };
    assert.equal(standing(failing), 'waiting');
    assert.deepEqual([standing(ok), standing(failing)], ['ready', 'ready']);
    assert.deepEqual([standing({ kind: 'connecting' }), standing(failing)], ['waiting', 'waiting']);
  });
});
