import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type AlertRule, defaultAlertRule } from '../../../../src/core/alerts/alertRule';
import { initialAlertState } from '../../../../src/core/alerts/alertState';
import { mainRule } from '../../../../src/core/alerts/mainRule';
import type { Signal, SignalSource } from '../../../../src/core/alerts/signalSource';
import { HumanError } from '../../../../src/core/humanError';
import { inferenceTrace, storeOf } from '../../core/store/storeOf';
import { engineOf } from './engineOf';

const minuteMs = 60_000;
const ok = 'ready';
const failing = { failure: 'refused' };
type Standing = ReturnType<SignalSource['standing']>;

interface World {
  nowMs: number;
  status: Standing;
  nextId: number;
  alert: AlertRule;
  /** Instead of the traces. */
  metrics: SignalSource | undefined;
}

/** An engine in a world whose clock, source and traces a test moves. */
function world() {
  const { store } = storeOf();
  const state: World = {
    nowMs: 10 * minuteMs,
    status: ok,
    nextId: 1,
    alert: defaultAlertRule,
    metrics: undefined,
  };
  const notices: string[] = [];
  const errors: unknown[] = [];
  let changes = 0;
  const { engine, main } = engineOf({
    ...{ store, metrics: () => state.metrics, alert: () => state.alert },
    standing: () => state.status,
    clock: () => ({ wallMs: state.nowMs, evenMs: state.nowMs }),
    onNotices: (told) => notices.push(...told.map(({ kind }) => kind)),
    report: (error) => errors.push(error),
  });
  engine.onDidChange(() => changes++);
  return {
    engine,
    main,
    state,
    notices,
    errors,
    changes: () => changes,
    /** An inference that ends now. */
    infer(latencyMs: number, service = 'svc'): void {
      store.add([inferenceTrace(state.nextId++, state.nowMs * 1000, latencyMs, { service })], 0);
    },
    /** One evaluation after some time, under a status of the source. */
    after(minutes: number, status: Standing = ok): void {
      state.nowMs += minutes * minuteMs;
      state.status = status;
      engine.evaluate(engine.rules);
    },
  };
}

describe('the alert', () => {
  let at: ReturnType<typeof world>;
  beforeEach(() => {
    at = world();
  });
  afterEach(() => at.engine.dispose());

  it('does not evaluate before a source has answered', () => {
    at.infer(900);
    at.after(1, 'waiting');
    assert.deepEqual(
      [at.main.state, at.main.periods, at.notices, at.changes()],
      [initialAlertState, [], [], 0],
    );
  });

  it('fires above the threshold, once, and resolves, once', () => {
    at.infer(301);
    at.after(0);
    at.after(1);
    assert.equal(at.main.state.name, 'alerting');
    assert.deepEqual(at.notices, ['firing']);
    for (let count = 0; count < 10; count++) at.infer(10);
    at.after(1);
    at.after(1);
    assert.equal(at.main.state.name, 'ok');
    assert.deepEqual(at.notices, ['firing', 'resolved']);
    assert.equal(at.changes(), 4);
  });

  it('takes the threshold itself for fine', () => {
    at.infer(300);
    at.after(0);
    assert.equal(at.main.state.name, 'ok');
  });

  it('looks at each service by itself', () => {
    for (let count = 0; count < 9; count++) at.infer(10, 'fast');
    at.infer(400, 'slow');
    at.after(0);
    const { evaluation } = at.main.state;
    assert.ok(evaluation?.result === 'firing');
    assert.deepEqual(evaluation.worst, { service: 'slow', value: 400 });
  });

  it('forgets what ended before the window', () => {
    at.infer(900);
    at.after(4);
    assert.equal(at.main.state.name, 'alerting');
    at.after(1);
    assert.equal(at.main.state.name, 'no_data');
    assert.deepEqual(at.notices, ['firing']);
  });

  it('says of an outage once, however long, and once that it is over', () => {
    at.infer(10);
    at.after(0);
    for (let count = 0; count < 5; count++) at.after(0.1, failing);
    assert.equal(at.main.state.name, 'alerting');
    assert.deepEqual(at.notices, ['outage']);
    at.after(0.1);
    at.after(0.1);
    assert.deepEqual(at.notices, ['outage', 'resolved']);
  });

  it('does not tell again of a firing that an outage interrupted', () => {
    at.infer(900);
    at.after(0);
    at.after(0.1, failing);
    at.after(0.1);
    assert.deepEqual(at.notices, ['firing', 'outage']);
  });

  it('remembers its periods', () => {
    at.infer(900);
    at.after(0);
    at.after(1);
    at.after(9);
    assert.deepEqual(
      at.main.periods.map(({ state, fromUs, toUs }) => [state, fromUs / 60e6, toUs && toUs / 60e6]),
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
    assert.deepEqual([at.main.state, at.changes()], [initialAlertState, 2]);
    // It was so until then, whatever comes.
    assert.deepEqual(
      at.main.periods.map(({ state, toUs }) => [state, toUs]),
      [['alerting', 10 * minuteMs * 1000]],
    );
    at.after(0.1);
    assert.deepEqual(at.notices, ['firing', 'firing']);
  });

  it('evaluates when started, and when its time has come', () => {
    at.engine.start();
    assert.equal(at.changes(), 1);
    at.engine.tick();
    assert.equal(at.changes(), 2);
    at.engine.stop();
  });

  it('takes another rule, and keeps its state', () => {
    at.infer(900);
    at.after(0);
    at.state.alert = { ...defaultAlertRule, threshold: 1000 };
    at.engine.setRules([mainRule(at.state.alert)]);
    at.after(0);
    assert.equal(at.main.rule.threshold, 1000);
    assert.deepEqual([at.main.state.name, ...at.notices], ['ok', 'firing', 'resolved']);
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

describe('the alert on metrics', () => {
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
    assert.deepEqual([metrics.asked.length, at.main.skipped], [1, 2]);
    await metrics.answer(10);
    at.after(1);
    assert.deepEqual([metrics.asked.length, at.main.state.name], [2, 'ok']);
  });

  it('keeps a failure before the first answer to itself, and tells one after it as an outage, once', async () => {
    at.after(0);
    await metrics.answer(new HumanError('configuration', 'no URL'));
    assert.deepEqual([at.main.failure, at.main.state.name, at.notices], ['no URL', 'unknown', []]);
    at.after(1);
    await metrics.answer(10);
    assert.deepEqual([at.main.failure, at.main.state.name], [undefined, 'ok']);
    for (let count = 0; count < 2; count++) {
      at.after(1);
      await metrics.answer(new HumanError('unreachable', 'refused'));
    }
    assert.deepEqual([at.main.state.name, at.notices], ['alerting', ['outage']]);
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
    assert.deepEqual([at.main.state, at.notices, at.errors], [initialAlertState, [], []]);
  });

  it('reports what is no failure but a bug, and evaluates again', async () => {
    at.after(0);
    await metrics.answer(new TypeError('bug'));
    assert.equal(at.errors.length, 1);
    at.after(1);
    await metrics.answer(10);
    assert.equal(at.main.state.name, 'ok');
  });
});
