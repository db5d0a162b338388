import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { type AlertRule, defaultAlertRule } from '../../src/core/alerts/alertRule';
import { evaluateSignal } from '../../src/core/alerts/evaluateRule';
import type { Signal, SignalSource } from '../../src/core/alerts/signalSource';
import { isHumanError } from '../../src/core/humanError';
import { signalLine, stepOf } from '../../src/features/latencyChart/average';
import { PrometheusSignals } from '../../src/features/metrics/prometheusSignals';
import { SpmSignals } from '../../src/features/metrics/spmSignals';
import { plainConnection } from '../../src/sources/connection';
import { Credentials } from '../../src/sources/credentials';
import { JaegerClient } from '../../src/sources/jaegerClient';
import { PrometheusClient } from '../../src/sources/prometheusClient';
import { startJaeger } from '../../tools/jaeger/startJaeger.mjs';
import { installPrometheus } from '../../tools/prometheus/installPrometheus.mjs';
import { startPrometheus } from '../../tools/prometheus/startPrometheus.mjs';
import { startSpanMetrics } from '../../tools/prometheus/startSpanMetrics.mjs';
import { engineOf } from '../unit/features/alerts/engineOf';
import { settingsOf } from '../unit/platform/settingsOf';
import { postSpans } from './otlpPost';
import { need } from './realExporters';

const never = new AbortController().signal;
const noSecret = { readSecret: () => Promise.resolve(undefined) };
const name = 'ai_inference_pipeline';
const slowMs = 500;
const fastMs = 40;
const quoted = 'fast "x" \\ $window';
const plain = 'fast';
const rule: AlertRule = { ...defaultAlertRule, windowUs: 60e6 };
/** Basic authentication for `me` with the password `trace-me`. */
const bcrypt = '$2b$04$BvfQqXSgLO4Ow6l5VWpX7OaTLJdZ0jGl1lYjhs8dsHlT/ZfmkHSdO';

type Written = Readonly<Record<string, unknown>>;
const timesNow = () => {
  const nowUs = Date.now() * 1000;
  return { fromUs: nowUs, toUs: nowUs, stepUs: rule.frequencyUs };
};
const valuesOf = ({ series, isReduced }: Signal, nowUs: number) =>
  Object.fromEntries(
    series.map((one) => {
      const evaluation = evaluateSignal(rule, { series: [one], isReduced }, nowUs);
      return [one.service, 'worst' in evaluation ? evaluation.worst.value : undefined];
    }),
  );

describe('metrics of a real Jaeger and a real Prometheus', function () {
  this.timeout(120_000);
  let metrics: Awaited<ReturnType<typeof startSpanMetrics>>;

  const prometheusAt = (url: string, written: Written = {}) => {
    const connection = plainConnection('Prometheus', url);
    const client = new PrometheusClient(connection, new Credentials(connection, noSecret), {
      idleMs: 5000,
      totalMs: 10_000,
    });
    const settings = () => settingsOf({ 'metrics.source': 'prometheus', ...written });
    return new PrometheusSignals({ settings, client: async () => client, onNote: () => undefined });
  };
  const prometheus = (written: Written = {}) => prometheusAt(metrics.prometheus.url, written);

  const jaegerAt = (url: string, written: Written = {}) => {
    const connection = plainConnection('test', url);
    const client = new JaegerClient({ connection, credentials: new Credentials(connection, noSecret) });
    return new SpmSignals({
      settings: () => settingsOf({ 'metrics.source': 'jaeger-spm', ...written }),
      client: async () => client,
      status: () => ({
        ...{ kind: 'ok', answeredAtUs: 1, services: ['ai', plain] },
        ...{ leftOutServices: [], problemCount: 0 },
      }),
    });
  };

  const ask = async (source: SignalSource, its = rule) => {
    const times = timesNow();
    return valuesOf(await source.ask(its, times, never), times.toUs);
  };

  /** A second's worth of inferences and of other spans. */
  const send = async () => {
    const span = (service: string, what: string, ms: number) => ({
      ...{ service, name: what, startUs: (Date.now() - ms) * 1000, durationUs: ms * 1000 },
    });
    const some = [
      span('ai', name, slowMs),
      span('ai', 'measure', 5),
      span(quoted, name, fastMs),
      span(plain, name, fastMs),
    ];
    await postSpans(metrics.jaeger.otlpHttp, [...some, ...some]);
  };

  before(async function () {
    need(this, await installPrometheus());
    metrics = await startSpanMetrics();
    // A rate needs two scrapes of each series.
    for (let i = 0; i < 60; i++) {
      await send();
      const values = await ask(prometheus());
      if (i >= 14 && Object.keys(values).length === 3) break;
      await delay(1000);
    }
  });
  after(() => metrics?.stop());

  it('gives by Prometheus, without a query, the mean duration that was sent, of each service', async () => {
    const values = await ask(prometheus());
    assert.deepEqual(Object.keys(values).sort(), ['ai', plain, quoted]);
    assert.ok(Math.abs((values.ai ?? 0) - slowMs) < 0.01, `${values.ai}`);
    assert.ok(Math.abs((values[quoted] ?? 0) - fastMs) < 0.01, `${values[quoted]}`);
  });

  it('asks of the services that are chosen, whatever they are called', async () => {
    assert.deepEqual(Object.keys(await ask(prometheus({ services: [quoted] }))), [quoted]);
    assert.deepEqual(Object.keys(await ask(prometheus({ services: ['.*'] }))), []);
  });

  it('gives the median within the bucket that it lies in', async () => {
    const values = await ask(prometheus(), { ...rule, reducer: 'median' });
    assert.ok((values.ai ?? 0) > 400 && (values.ai ?? 0) <= 800, `${values.ai}`);
  });

  it('gives by SPM the quantile within its bucket, though the spans are internal', async () => {
    const values = await ask(jaegerAt(metrics.jaeger.url));
    assert.ok((values.ai ?? 0) > 400 && (values.ai ?? 0) <= 800, JSON.stringify(values));
    assert.ok((values[plain] ?? 0) > 10 && (values[plain] ?? 0) <= 50, JSON.stringify(values));
    assert.deepEqual(await ask(jaegerAt(metrics.jaeger.url, { 'inference.spanName': 'other' })), {});
  });

  it('reduces a query that does not look back itself, and takes one that does as it is', async () => {
    const counter = `sum by (service_name) (traces_span_metrics_calls_total{span_name="$operation"})`;
    const of = (query: string, reducer: AlertRule['reducer']) =>
      ask(prometheus({ 'metrics.query': query, 'metrics.unit': 'none' }), { ...rule, reducer });
    const [least, most] = [await of(counter, 'min'), await of(counter, 'max')];
    assert.ok((least.ai ?? 0) > 0 && (most.ai ?? 0) >= (least.ai ?? 0));
    assert.deepEqual(await of('vector(7) + 0 * count_over_time(up[$window])', 'count'), {});
    assert.deepEqual(await of('sum(count_over_time(up[$window])) * 0 + 7', 'count'), { '{}': 7 });
  });

  it('draws a line of it that ends at the value of now', async () => {
    const toUs = Date.now() * 1000;
    const range = { fromUs: toUs - 300e6, toUs };
    const fast = { ...rule, frequencyUs: 1e6 };
    for (const [source, low, high] of [
      [prometheus(), slowMs - 1, slowMs + 1],
      [jaegerAt(metrics.jaeger.url), 400, 800],
    ] as const) {
      const signal = await source.ask(fast, { ...range, stepUs: stepOf(fast, range) }, never);
      const { timeMs, value } = signalLine(fast, signal, range);
      const last = value.at(-1) ?? 0;
      assert.ok(last >= low && last <= high, JSON.stringify(value.slice(-3)));
      const ends = timeMs.map((ms) => Math.round(toUs / 1000 - ms));
      assert.ok((ends.at(-1) ?? 9999) < 2000 && ends.length > 3, `ms before now: ${ends}`);
    }
  });

  for (const [what, source] of [
    ['Prometheus', () => prometheus()],
    ['SPM', () => jaegerAt(metrics.jaeger.url)],
  ] as const) {
    it(`fires the alert by ${what}`, async () => {
      const notices: string[] = [];
      const { engine, main } = engineOf({
        ...{ metrics: source, alert: () => rule },
        onNotices: (told) => notices.push(...told.map(({ kind }) => kind)),
        report: (error) => assert.fail(String(error)),
      });
      try {
        const evaluated = new Promise<void>((resolve) => engine.onDidChange(() => resolve()));
        engine.start();
        await evaluated;
        const { evaluation } = main.state;
        assert.ok(evaluation?.result === 'firing', JSON.stringify(evaluation ?? main.failure));
        assert.equal(evaluation.worst.service, 'ai');
        assert.deepEqual(notices, ['firing']);
      } finally {
        engine.dispose();
      }
    });
  }

  const says = (kind: string, message: RegExp) => (error: unknown) => {
    assert.ok(isHumanError(error), String(error));
    assert.equal(error.kind, kind);
    assert.match(error.message, message);
    return true;
  };

  it('says what Prometheus says of a query that is wrong', () =>
    assert.rejects(
      ask(prometheus({ 'metrics.query': 'sum((' })),
      says('configuration', /cannot answer the query: .*parse error: unclosed left parenthesis/),
    ));

  it('says that a Jaeger has no metrics backend', async () => {
    const bare = await startJaeger({ config: 'memory' });
    try {
      await assert.rejects(ask(jaegerAt(bare.url)), says('configuration', /no span metrics.*HTTP 501/s));
      await assert.rejects(ask(prometheusAt(bare.url)), says('not-jaeger', /not Prometheus's API/));
    } finally {
      await bare.stop();
    }
  });

  it('says that a Jaeger is no Prometheus, and who is not let in', async () => {
    const guarded = await startPrometheus({
      scrapedPort: metrics.jaeger.ports.spanMetrics,
      basicAuth: { username: 'me', bcrypt },
    });
    try {
      await assert.rejects(
        ask(prometheusAt(guarded.url)),
        says('unauthorized', /does not accept who is asking/),
      );
    } finally {
      await guarded.stop();
    }
  });
});
