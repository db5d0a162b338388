import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { defaultAlertRule } from '../../../../src/core/alerts/alertRule';
import { initialAlertState } from '../../../../src/core/alerts/alertState';
import { HumanError } from '../../../../src/core/humanError';
import { AlertEngine } from '../../../../src/features/alerts/alertEngine';
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

/** An engine in a world whose clock, source and traces a test moves. */
function world() {
  const { store } = storeOf();
  const state = { nowMs: 10 * minuteMs, status: ok, nextId: 1 };
  const notices: string[] = [];
  const errors: unknown[] = [];
  let changes = 0;
  const engine = new AlertEngine({
    store,
    sourceStatus: () => state.status,
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
