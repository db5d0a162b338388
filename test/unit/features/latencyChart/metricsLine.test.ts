import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { type AlertRule, defaultAlertRule } from '../../../../src/core/alerts/alertRule';
import type { Signal, SignalSource, SignalTimes } from '../../../../src/core/alerts/signalSource';
import { HumanError } from '../../../../src/core/humanError';
import { signalLine } from '../../../../src/features/latencyChart/average';
import { type LineQuestion, MetricsLine } from '../../../../src/features/latencyChart/metricsLine';
import { minuteMs, nowMs } from './inferenceStore';

const settle = () => new Promise((resolve) => setImmediate(resolve));
const hourUs = 3600e6;

/** Metrics of one point, where the line ends; they answer when a test has them answer. */
class Metrics implements SignalSource {
  readonly asked: (SignalTimes & { readonly signal: AbortSignal })[] = [];
  state: 'ready' | 'waiting' = 'ready';
  #answer: ((signal: Signal) => void) | undefined;
  #fail: ((error: unknown) => void) | undefined;

  standing() {
    return this.state;
  }

  ask(_: AlertRule, times: SignalTimes, signal: AbortSignal): Promise<Signal> {
    this.asked.push({ ...times, signal });
    return new Promise((resolve, reject) => {
      this.#answer = resolve;
      this.#fail = reject;
    });
  }

  async answer(value: number): Promise<void> {
    const points = [{ timeUs: this.asked.at(-1)?.toUs ?? 0, value }];
    this.#answer?.({ series: [{ service: 's', points }], isReduced: true });
    await settle();
  }

  async fail(error: unknown): Promise<void> {
    this.#fail?.(error);
    await settle();
  }
}

describe('MetricsLine', () => {
  let metrics: Metrics;
  let line: MetricsLine;
  let clockMs: number;
  let changes: number;
  const errors: unknown[] = [];
  const get = (change: Partial<LineQuestion> = {}) => {
    const toUs = clockMs * 1000;
    return line.get({
      source: metrics,
      rule: defaultAlertRule,
      fromUs: toUs - hourUs,
      toUs,
      isLive: true,
      ...change,
    });
  };

  beforeEach(() => {
    metrics = new Metrics();
    clockMs = nowMs;
    changes = 0;
    errors.length = 0;
    const onDidChange = () => changes++;
    line = new MetricsLine({ nowMs: () => clockMs, onDidChange, report: (error) => errors.push(error) });
  });

  it('asks once, says when it knows, and asks again when that is as old as the frequency', async () => {
    assert.equal(get().line, undefined);
    get();
    assert.equal(metrics.asked.length, 1);
    await metrics.answer(7);
    assert.deepEqual([get().line?.value, get().seriesCount, changes, metrics.asked.length], [[7], 1, 1, 1]);
    clockMs += minuteMs - 1;
    get();
    assert.equal(metrics.asked.length, 1);
    clockMs += 1;
    assert.deepEqual([get().line?.value, metrics.asked.length], [[7], 2]);
  });

  it('does not ask again for a line that stands still', async () => {
    const still = { fromUs: 0, toUs: hourUs, isLive: false };
    get(still);
    await metrics.answer(7);
    clockMs += 60 * minuteMs;
    get(still);
    assert.equal(metrics.asked.length, 1);
  });

  it('gives up a question when another line is wanted, and shows the old one until there is an answer', async () => {
    get();
    await metrics.answer(7);
    const sixHours = { fromUs: clockMs * 1000 - 6 * hourUs };
    assert.deepEqual(get(sixHours).line?.value, [7]);
    get();
    assert.deepEqual(
      metrics.asked.map(({ signal }) => signal.aborted),
      [false, true, false],
    );
    await metrics.answer(8);
    assert.deepEqual(get().line?.value, [8]);
  });

  it('shows nothing of another source', async () => {
    get();
    await metrics.answer(7);
    assert.equal(get({ source: new Metrics() }).line, undefined);
  });

  it('keeps the line when asking fails, says why, and tries again', async () => {
    get();
    await metrics.answer(7);
    clockMs += minuteMs;
    get();
    await metrics.fail(new HumanError('unreachable', 'refused'));
    assert.deepEqual([get().line?.value, get().failure, changes], [[7], 'refused', 2]);
    clockMs += minuteMs;
    get();
    await metrics.answer(9);
    assert.deepEqual([get().line?.value, get().failure], [[9], undefined]);
  });

  it('waits for something to ask, then asks', () => {
    metrics.state = 'waiting';
    get();
    assert.equal(metrics.asked.length, 0);
    metrics.state = 'ready';
    get();
    assert.equal(metrics.asked.length, 1);
  });

  it('reports a bug, and asks for nothing any more once it is disposed', async () => {
    get();
    await metrics.fail(new TypeError('bug'));
    assert.equal(errors.length, 1);
    clockMs += minuteMs;
    get();
    line.dispose();
    assert.equal(metrics.asked.at(-1)?.signal.aborted, true);
    await metrics.answer(1);
    assert.equal(changes, 0);
  });
});

describe('signalLine', () => {
  const range = { fromUs: 0, toUs: hourUs };
  const minuteUs = 60e6;
  const at = (minutes: number, value: number) => ({ timeUs: minutes * minuteUs, value });

  it('takes the highest of the series at each moment, interrupted where steps are missing or infinite', () => {
    const series = [
      { service: 'a', points: [at(0, 1), at(1, 5), at(4, 2)] },
      { service: 'b', points: [at(0, 3), at(5, Number.POSITIVE_INFINITY)] },
    ];
    const { timeMs, value } = signalLine(defaultAlertRule, { series, isReduced: true }, range);
    assert.deepEqual(
      timeMs.map((ms) => ms / minuteMs),
      [0, 1, 2, 4, 5],
    );
    assert.deepEqual(value, [3, 5, null, 2, null]);
  });

  it('reduces what is not reduced yet over the window', () => {
    const series = [{ service: 'a', points: [at(1, 10), at(2, 20)] }];
    const { value } = signalLine(defaultAlertRule, { series, isReduced: false }, range);
    assert.deepEqual(value.slice(0, 8), [null, 10, 15, 15, 15, 15, 20, null]);
  });
});
