import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { defaultAlertRule } from '../../../../src/core/alerts/alertRule';
import { initialAlertState } from '../../../../src/core/alerts/alertState';
import type { Signal, SignalSource } from '../../../../src/core/alerts/signalSource';
import { HumanError } from '../../../../src/core/humanError';
import { AlertEngine } from '../../../../src/features/alerts/alertEngine';
import { TraceSignals } from '../../../../src/features/metrics/traceSignals';
import type { SourceStatus } from '../../../../src/sources/sourceStatus';
import { inferenceTrace, storeOf } from '../../core/store/storeOf';

const minuteMs = 60_000;
const ok: SourceStatus = {
  kind: 'ok',
  answeredAtUs: 1,
  services: ['svc'],
  leftOutServices: [],
  problemCount: 0,
};
const failing = (hasAnswered: boolean): SourceStatus => ({
  kind: 'failing',
  error: new HumanError('unreachable', 'refused'),
  sinceUs: 0,
  retryAtUs: 0,
  hasAnswered,
});

interface World {
  nowMs: number;
  status: SourceStatus;
  nextId: number;
  /** Instead of the traces. */
  metrics: SignalSource | undefined;
}

/** An engine in a world whose clock, source and traces a test moves. */
function world() {
  const { store } = storeOf();
  const state: World = { nowMs: 10 * minuteMs, status: ok, nextId: 1, metrics: undefined };
  const notices: string[] = [];
  const errors: unknown[] = [];
  let changes = 0;
  const engine = new AlertEngine({
    signals: () => state.metrics ?? new TraceSignals(store, () => state.status),
    rule: defaultAlertRule,
    nowMs: () => state.nowMs,
    onNotice: (notice) => notices.push(notice),
    report: (error) => errors.push(error),
  });
  engine.onDidChange(() => changes++);
  return {
    engine,
    state,
    notices,
    errors,
    changes: () => changes,
    /** An inference that ends now. */
    infer(latencyMs: number, service = 'svc'): void {
      store.add([inferenceTrace(state.nextId++, state.nowMs * 1000, latencyMs, { service })], 0);
    },
    /** One evaluation after some time, under a status of the source. */
    after(minutes: number, status: SourceStatus = ok): void {
      state.nowMs += minutes * minuteMs;
      state.status = status;
      engine.evaluate();
    },
  };
}

describe('AlertEngine', () => {
  let at: ReturnType<typeof world>;
  beforeEach(() => {
    at = world();
  });
  afterEach(() => at.engine.dispose());

  it('does not evaluate before a source has answered', () => {
    at.infer(900);
    for (const status of [{ kind: 'idle' }, { kind: 'connecting' }, failing(false)] as const)
      at.after(1, status);
    assert.deepEqual(
      [at.engine.state, at.engine.periods, at.notices, at.changes()],
      [initialAlertState, [], [], 0],
    );
  });

  it('fires above the threshold, once, and resolves, once', () => {
    at.infer(301);
    at.after(0);
    at.after(1);
    assert.equal(at.engine.state.name, 'alerting');
    assert.deepEqual(at.notices, ['firing']);
    for (let count = 0; count < 10; count++) at.infer(10);
    at.after(1);
    at.after(1);
    assert.equal(at.engine.state.name, 'ok');
    assert.deepEqual(at.notices, ['firing', 'resolved']);
    assert.equal(at.changes(), 4);
  });

  it('takes the threshold itself for fine', () => {
    at.infer(300);
    at.after(0);
    assert.equal(at.engine.state.name, 'ok');
  });

  it('looks at each service by itself', () => {
    for (let count = 0; count < 9; count++) at.infer(10, 'fast');
    at.infer(400, 'slow');
    at.after(0);
    const { evaluation } = at.engine.state;
    assert.ok(evaluation?.result === 'firing');
    assert.deepEqual(evaluation.worst, { service: 'slow', value: 400 });
  });

  it('forgets what ended before the window', () => {
    at.infer(900);
    at.after(4);
    assert.equal(at.engine.state.name, 'alerting');
    at.after(1);
    assert.equal(at.engine.state.name, 'no_data');
    assert.deepEqual(at.notices, ['firing']);
  });

  it('says of an outage once, however long, and once that it is over', () => {
    at.infer(10);
    at.after(0);
    for (let count = 0; count < 5; count++) at.after(0.1, failing(true));
    assert.equal(at.engine.state.name, 'alerting');
    assert.deepEqual(at.notices, ['outage']);
    at.after(0.1);
    at.after(0.1);
    assert.deepEqual(at.notices, ['outage', 'resolved']);
  });

  it('does not tell again of a firing that an outage interrupted', () => {
    at.infer(900);
    at.after(0);
    at.after(0.1, failing(true));
    at.after(0.1);
    assert.deepEqual(at.notices, ['firing', 'outage']);
  });

  it('remembers its periods', () => {
    at.infer(900);
    at.after(0);
    at.after(1);
    at.after(9);
    assert.deepEqual(
      at.engine.periods.map(({ state, fromUs, toUs }) => [state, fromUs / 60e6, toUs && toUs / 60e6]),
      [
        ['alerting', 10, 20],
        ['no_data', 20, undefined],
      ],
    );
  });

  it('forgets all when it is reset, and says so', () => {
    at.infer(900);
    at.after(0);
    at.engine.reset();
    assert.deepEqual([at.engine.state, at.engine.periods, at.changes()], [initialAlertState, [], 2]);
    at.after(0.1);
    assert.deepEqual(at.notices, ['firing', 'firing']);
  });

  it('evaluates when started, then at the frequency of its rule, until stopped', async () => {
    const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    at.engine.start({ ...defaultAlertRule, frequencyUs: 5000 });
    assert.equal(at.changes(), 1);
    for (let waited = 0; at.changes() < 3 && waited < 100; waited++) await pause(5);
    at.engine.stop();
    const stopped = at.changes();
    assert.ok(stopped >= 3);
    await pause(30);
    assert.equal(at.changes(), stopped);
  });

  it('takes another rule when started again, and keeps its state', () => {
    at.infer(900);
    at.engine.start(defaultAlertRule);
    at.engine.start({ ...defaultAlertRule, threshold: 1000 });
    assert.equal(at.engine.rule.threshold, 1000);
    assert.deepEqual([at.engine.state.name, ...at.notices], ['ok', 'firing', 'resolved']);
  });

  it('reports a listener that throws, and goes on', () => {
    at.engine.onDidChange(() => {
      throw new Error('listener');
    });
    at.infer(900);
    at.after(0);
    assert.equal(at.errors.length, 1);
    assert.deepEqual(at.notices, ['firing']);
  });
});

/** Metrics that answer when a test has them answer. */
class SlowMetrics implements SignalSource {
  readonly asked: { readonly atUs: number; readonly signal: AbortSignal }[] = [];
  readonly #waiting: {
    readonly resolve: (signal: Signal) => void;
    readonly reject: (error: unknown) => void;
  }[] = [];

  standing(): 'ready' {
    return 'ready';
  }

  ask(_: unknown, { toUs }: { readonly toUs: number }, signal: AbortSignal): Promise<Signal> {
    this.asked.push({ atUs: toUs, signal });
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  /** Answers the oldest question with a value of that moment. */
  async answer(value: number | Error): Promise<void> {
    const next = this.#waiting.shift();
    const timeUs = this.asked.at(-1)?.atUs ?? 0;
    if (value instanceof Error) next?.reject(value);
    else next?.resolve({ series: [{ service: 'svc', points: [{ timeUs, value }] }], isReduced: true });
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('AlertEngine on metrics', () => {
  let at: ReturnType<typeof world>;
  let metrics: SlowMetrics;
  beforeEach(() => {
    at = world();
    metrics = new SlowMetrics();
    at.state.metrics = metrics;
  });
  afterEach(() => at.engine.dispose());

  it('fires and resolves when the answers come', async () => {
    at.after(0);
    assert.deepEqual(at.notices, []);
    await metrics.answer(301);
    at.after(1);
    await metrics.answer(10);
    assert.deepEqual(at.notices, ['firing', 'resolved']);
    assert.deepEqual(
      metrics.asked.map(({ atUs }) => atUs),
      [10 * minuteMs * 1000, 11 * minuteMs * 1000],
    );
  });

  it('skips evaluations while one has no answer, and counts them', async () => {
    at.after(0);
    at.after(1);
    at.after(1);
    assert.deepEqual([metrics.asked.length, at.engine.skipped], [1, 2]);
    await metrics.answer(10);
    at.after(1);
    assert.deepEqual([metrics.asked.length, at.engine.state.name], [2, 'ok']);
  });

  it('keeps a failure before the first answer to itself, and tells one after it as an outage, once', async () => {
    at.after(0);
    await metrics.answer(new HumanError('configuration', 'no URL'));
    assert.deepEqual([at.engine.failure, at.engine.state.name, at.notices], ['no URL', 'unknown', []]);
    at.after(1);
    await metrics.answer(10);
    assert.deepEqual([at.engine.failure, at.engine.state.name], [undefined, 'ok']);
    for (let count = 0; count < 2; count++) {
      at.after(1);
      await metrics.answer(new HumanError('unreachable', 'refused'));
    }
    assert.deepEqual([at.engine.state.name, at.notices], ['alerting', ['outage']]);
  });

  it('aborts what it waits for when it is stopped or reset, and ignores what comes all the same', async () => {
    at.after(0);
    at.engine.stop();
    assert.equal(metrics.asked[0]?.signal.aborted, true);
    await metrics.answer(900);
    at.after(1);
    at.engine.reset();
    assert.equal(metrics.asked[1]?.signal.aborted, true);
    await metrics.answer(new Error('aborted'));
    assert.deepEqual([at.engine.state, at.notices, at.errors], [initialAlertState, [], []]);
  });

  it('reports what is no failure but a bug, and evaluates again', async () => {
    at.after(0);
    await metrics.answer(new TypeError('bug'));
    assert.equal(at.errors.length, 1);
    at.after(1);
    await metrics.answer(10);
    assert.equal(at.engine.state.name, 'ok');
  });
});
