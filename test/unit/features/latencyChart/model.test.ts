import assert from 'node:assert/strict';
import { defaultAlertRule } from '../../../../src/core/alerts/alertRule';
import { initialAlertState } from '../../../../src/core/alerts/alertState';
import { HumanError } from '../../../../src/core/humanError';
import { chartData, quantityOf } from '../../../../src/features/latencyChart/model';
import type { ChartView } from '../../../../src/features/latencyChart/protocol';
import { inputOf, minuteMs, nowMs } from './inferenceStore';

const view: ChartView = { range: '1h', frozenAtMs: undefined, isTableShown: false, columns: 1000 };
const usAgo = (minutes: number) => (nowMs - minutes * minuteMs) * 1000;

describe('the model of the latency chart', () => {
  it('shows the inferences of the chosen time, oldest first', () => {
    const inferences = [5, 50, 70].map((ago) => ({ agoMs: ago * minuteMs, value: ago }));
    const data = chartData(inputOf(inferences));
    assert.deepEqual(data.points.value, [50, 5]);
    assert.deepEqual(data.points.timeMs, [nowMs - 50 * minuteMs, nowMs - 5 * minuteMs]);
    assert.equal(data.total, 2);
    assert.equal(chartData(inputOf(inferences, { view: { ...view, range: '15m' } })).total, 1);
  });

  it('begins where there is something to show, and shows at least five minutes', () => {
    const lengthOf = (...minutesAgo: number[]) => {
      const { fromMs, toMs } = chartData(
        inputOf(minutesAgo.map((ago) => ({ agoMs: ago * minuteMs, value: 1 }))),
      );
      return Math.round((toMs - fromMs) / minuteMs);
    };
    assert.deepEqual([lengthOf(1), lengthOf(12, 3), lengthOf(70, 3), lengthOf()], [5, 12, 60, 60]);
  });

  it('looks back as far as anything is held, and at least as far as the source is asked', () => {
    const lookback: ChartView = { ...view, range: 'lookback' };
    const all = chartData(inputOf([{ agoMs: 150 * minuteMs, value: 1 }], { view: lookback }));
    assert.equal(all.fromMs, nowMs - 150 * minuteMs);
    assert.equal(all.total, 1);
    assert.equal(chartData(inputOf([], { view: lookback })).fromMs, nowMs - 60 * minuteMs);
  });

  it('ends now while it is live, and where it was held when it is not', () => {
    const inferences = [{ agoMs: minuteMs, value: 1 }];
    assert.equal(chartData(inputOf(inferences)).toMs, nowMs);
    const frozenAtMs = nowMs - 10 * minuteMs;
    const held = chartData(inputOf(inferences, { view: { ...view, frozenAtMs } }));
    assert.deepEqual([held.toMs, held.isLive, held.total], [frozenAtMs, false, 0]);
    assert.equal(held.newestMs, nowMs - minuteMs);
  });

  it('averages over the window of the rule each minute and at the end, with gaps where nothing was', () => {
    const inferences = [30, 29, 2].map((ago) => ({ agoMs: ago * minuteMs, value: ago * 10 }));
    const { average, current } = chartData(inputOf(inferences));
    const at = (ago: number) => average.value[average.timeMs.indexOf(nowMs - ago * minuteMs)];
    assert.equal(at(30), 300);
    assert.equal(at(29), 295);
    assert.equal(at(25), 290);
    assert.equal(at(20), null);
    assert.equal(at(0), 20);
    assert.equal(current, 20);
  });

  it('counts what ended before the axis begins into the first windows', () => {
    const inferences = [
      { agoMs: 62 * minuteMs, value: 100 },
      { agoMs: 59 * minuteMs, value: 300 },
    ];
    const data = chartData(inputOf(inferences));
    assert.deepEqual(data.average.value.slice(0, 2), [100, 200]);
    assert.equal(data.total, 1);
  });

  it('shows of several services the one with the highest value, as the alert does', () => {
    const data = chartData(
      inputOf([
        { agoMs: minuteMs, value: 100, service: 'calm' },
        { agoMs: minuteMs, value: 500, service: 'slow' },
      ]),
    );
    assert.equal(data.current, 500);
    assert.equal(data.average.value.at(-1), 500);
    assert.equal(data.serviceCount, 2);
  });

  it('cuts periods to the axis and leaves out those that are ok', () => {
    const periods = [
      { state: 'alerting' as const, fromUs: usAgo(90), toUs: usAgo(50) },
      { state: 'ok' as const, fromUs: usAgo(50), toUs: usAgo(20) },
      { state: 'no_data' as const, fromUs: usAgo(20), toUs: undefined },
    ];
    const data = chartData(inputOf([], { alerts: { state: initialAlertState, periods } }));
    assert.deepEqual(data.periods, [
      { state: 'alerting', fromMs: nowMs - 60 * minuteMs, toMs: nowMs - 50 * minuteMs },
      { state: 'no_data', fromMs: nowMs - 20 * minuteMs, toMs: nowMs },
    ]);
  });

  it('says whether it alerts for a value, for an outage, or not at all because alerts are off', () => {
    const state = { ...initialAlertState, name: 'alerting' as const };
    const failed = { ...state, evaluation: { result: 'error' as const, message: 'no answer' } };
    assert.equal(chartData(inputOf([], { alerts: { state: failed, periods: [] } })).state.isOutage, true);
    assert.equal(chartData(inputOf([], { alerts: { state, periods: [] } })).state.isOutage, false);
    assert.equal(chartData(inputOf([], { isAlertEnabled: false })).state.name, 'off');
  });

  it('gives the newest 200 inferences when the page shows the table', () => {
    const inferences = Array.from({ length: 300 }, (_, i) => ({ agoMs: (300 - i) * 1000, value: i }));
    assert.equal(chartData(inputOf(inferences)).table, undefined);
    const { table, total } = chartData(inputOf(inferences, { view: { ...view, isTableShown: true } }));
    assert.equal(total, 300);
    assert.deepEqual([table?.value.length, table?.value[0], table?.value.at(-1)], [200, 100, 299]);
  });

  it('cleans texts of traces, and sends each once', () => {
    const prediction = 'cat\u202e\n<b>';
    const inferences = [1, 2].map((ago) => ({ agoMs: ago * minuteMs, value: 1, prediction }));
    const { points } = chartData(inputOf([...inferences, { agoMs: 0, value: 1 }]));
    assert.deepEqual(points.labels, ['cat <b>', 'recommender']);
    assert.deepEqual(points.prediction, [0, 0, -1]);
    assert.deepEqual(points.service, [1, 1, 1]);
  });

  it('says what failed, and of when what is shown is', () => {
    const error = new HumanError('unreachable', 'Jaeger does not answer at\nlocalhost.');
    const failing = { kind: 'failing' as const, error, sinceUs: usAgo(3), retryAtUs: usAgo(0) };
    const answered = inputOf([], { source: { ...failing, hasAnswered: true }, answeredAtUs: usAgo(4) });
    assert.deepEqual(chartData(answered).source, {
      kind: 'failing',
      message: 'Jaeger does not answer at localhost.',
      shownFromMs: nowMs - 4 * minuteMs,
    });
    const never = inputOf([], { source: { ...failing, hasAnswered: false }, answeredAtUs: undefined });
    assert.deepEqual(chartData(never).source, {
      kind: 'failing',
      message: 'Jaeger does not answer at localhost.',
      shownFromMs: undefined,
    });
  });

  it('says when the source gave a sample only', () => {
    const input = inputOf([
      { agoMs: 10_000, value: 100 },
      { agoMs: 20_000, value: 400 },
    ]);
    assert.equal(chartData(input).sample, undefined);
    const nowUs = nowMs * 1000;
    const stratum = { fromUs: nowUs - 60e6, toUs: nowUs - 15e6, count: 1, isCut: false, slowUs: 1e12 };
    const slice = { sliceFromUs: nowUs - 25e6, sliceToUs: nowUs - 15e6, weight: 4 };
    const whole = { weight: 1, sliceFromUs: nowUs - 15e6, sliceToUs: nowUs };
    const rest = { ...stratum, fromUs: nowUs - 15e6, toUs: nowUs };
    input.store.cover(
      'recommender',
      [
        { ...stratum, ...slice },
        { ...rest, ...whole },
      ],
      nowUs,
    );
    const data = chartData({ ...input, points: input.store.signal(defaultAlertRule.attribute) });
    assert.deepEqual([data.sample?.known, data.sample?.estimated, data.total], [2, 5, 2]);
    assert.equal(data.current, (100 + 4 * 400) / 5, 'each counts as much as it stands for');
    assert.equal(data.average.value.at(-1), data.current);
  });

  it('knows the unit of the latency, and guesses others by how their attribute ends', () => {
    const of = (attribute: string) =>
      quantityOf({ ...inputOf([]), rule: { ...defaultAlertRule, attribute } });
    const unit = (attribute: string) => of(attribute).unit;
    assert.deepEqual(
      ['storage_latency_ms', 'queue.wait_us', 'io_seconds', 'answer.bytes', 'tokens'].map(unit),
      ['ms', 'µs', 's', 'B', ''],
    );
    assert.equal(of('tokens').isLatency, false);
  });

  it('reads other attributes as they are', () => {
    const rule = { ...defaultAlertRule, attribute: 'tokens' };
    assert.equal(chartData(inputOf([{ agoMs: 0, value: 5 }], { rule })).newestMs, undefined);
  });

  describe('with a line of metrics', () => {
    const names = {
      quantity: 'duration of infer',
      statistic: 'p95',
      from: 'Prometheus at http://p',
      unit: 'ms',
    };
    const line = { timeMs: [nowMs - 70 * minuteMs, nowMs - 2 * minuteMs, nowMs], value: [1, null, 80] };
    const known = { line, seriesCount: 3, failure: undefined };
    const metricsLine = () => known;

    it('draws it over all of the time that was chosen, whatever is held, and says where it comes from', () => {
      const inferences = [{ agoMs: minuteMs, value: 50 }];
      const data = chartData(inputOf(inferences, { names, metricsLine, view: { ...view, range: '6h' } }));
      assert.equal(data.fromMs, nowMs - 360 * minuteMs);
      assert.deepEqual([data.average, data.serviceCount, data.points.value], [line, 3, [50]]);
      assert.deepEqual(data.metrics, { from: 'Prometheus at http://p', failure: undefined });
      assert.deepEqual(
        [data.quantity.attribute, data.quantity.unit, data.statistic],
        ['duration of infer', 'ms', 'p95'],
      );
    });

    it('cuts it to the axis, which may have moved since', () => {
      assert.deepEqual(chartData(inputOf([], { names, metricsLine })).average.value, [null, 80]);
    });

    it('says the value that the alert saw, else where the line ends', () => {
      const evaluation = { result: 'ok' as const, worst: { service: 's', value: 77 } };
      const alerts = { state: { ...initialAlertState, evaluation }, periods: [] };
      assert.equal(chartData(inputOf([], { names, metricsLine, alerts })).current, 77);
      assert.equal(chartData(inputOf([], { names, metricsLine, alerts, isAlertEnabled: false })).current, 80);
      assert.equal(chartData(inputOf([], { names, metricsLine })).current, 80);
    });

    it('says why there is none', () => {
      const failing = () => ({ line: undefined, seriesCount: 0, failure: 'no\nway' });
      const data = chartData(inputOf([], { names, metricsLine: failing }));
      assert.deepEqual([data.metrics?.failure, data.average.value, data.current], ['no way', [], null]);
    });
  });
});
