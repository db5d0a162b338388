import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { defaultAlertRule } from '../../../../src/core/alerts/alertRule';
import { Emitter } from '../../../../src/core/event';
import { isHumanError } from '../../../../src/core/humanError';
import { exemplars } from '../../../../src/features/metrics/exemplars';
import { SignalChoice } from '../../../../src/features/metrics/signalChoice';
import { TraceSignals } from '../../../../src/features/metrics/traceSignals';
import type { TraceSource } from '../../../../src/platform/deps';
import type { Settings } from '../../../../src/platform/settings';
import { matrixAnswer } from '../../core/metrics/samples';
import { inferenceTrace, storeOf } from '../../core/store/storeOf';
import { settingsOf } from '../../platform/settingsOf';
import { type LyingServer, startLyingServer } from '../../sources/lyingServer';

const never = new AbortController().signal;
const now = { fromUs: 1e9, toUs: 1e9, stepUs: 60e6 };

/** A choice whose settings a test changes; the source of traces is connected to nothing. */
function world() {
  const changed = new Emitter<Settings>();
  const warnings: string[] = [];
  const settings = { current: settingsOf(), onDidChange: changed.event };
  const nothing = new Emitter<never>();
  const source: TraceSource = {
    status: { kind: 'idle' },
    onDidChangeStatus: nothing.event,
    connection: undefined,
    isPaused: false,
    endpoints: undefined,
    received: undefined,
    refresh: () => Promise.resolve(),
    setPaused: () => undefined,
    reconnect: () => undefined,
    client: () => Promise.reject(new Error('nobody should ask a Jaeger that is not connected')),
  };
  const choice = new SignalChoice({
    settings,
    source,
    store: storeOf().store,
    secrets: { read: (origin) => Promise.resolve(`secret-of-${origin}`) },
    log: { warn: (message: string) => warnings.push(message) },
    report: (error) => {
      throw error;
    },
  });
  let changes = 0;
  choice.onDidChange(() => changes++);
  const write = (written: Readonly<Record<string, unknown>>) => {
    settings.current = settingsOf(written);
    changed.fire(settings.current);
  };
  return { choice, write, warnings, changes: () => changes };
}

describe('SignalChoice', () => {
  let server: LyingServer;
  beforeEach(async () => {
    server = await startLyingServer((_, response) => {
      response.end(JSON.stringify({ ...matrixAnswer, warnings: ['a block is missing'] }));
    });
  });
  afterEach(() => server.stop());

  it('is the traces unless metrics are chosen, and another source only when the choice is another', () => {
    const { choice, write, changes } = world();
    const traces = choice.current;
    assert.ok(traces instanceof TraceSignals);
    write({ 'alert.threshold': 5, 'metrics.query': 'x' });
    assert.deepEqual([choice.current === traces, changes()], [true, 0]);
    write({ 'metrics.source': 'prometheus' });
    write({ 'metrics.source': 'prometheus', 'metrics.query': 'x' });
    write({ 'metrics.source': 'prometheus', 'metrics.query': 'x', 'alert.threshold': 5 });
    assert.equal(changes(), 2);
    choice.dispose();
    write({});
    assert.equal(changes(), 2);
  });

  it('asks the Prometheus of the settings with the secret of its origin, and logs a warning once', async () => {
    const { choice, write, warnings } = world();
    write({
      'metrics.source': 'prometheus',
      'metrics.url': server.url,
      'metrics.connection': { auth: 'bearer' },
    });
    for (let count = 0; count < 2; count++) {
      const { series } = await choice.current.ask(defaultAlertRule, now, never);
      assert.deepEqual(
        series.map(({ service }) => service),
        ['ai', 'fast "x"'],
      );
    }
    assert.equal(server.requests[0]?.headers.authorization, `Bearer secret-of-${server.url}`);
    assert.deepEqual(warnings, ['Metrics: a block is missing']);
  });

  it('says what is missing: a URL, or a Jaeger', async () => {
    const { choice, write } = world();
    const fails = (message: RegExp) => (error: unknown) =>
      isHumanError(error) && error.kind === 'configuration' && message.test(error.message);
    const ask = async () => choice.current.ask(defaultAlertRule, now, never);
    write({ 'metrics.source': 'prometheus' });
    await assert.rejects(ask(), fails(/whyspan\.metrics\.url is empty/));
    write({ 'metrics.source': 'jaeger-spm' });
    assert.equal(choice.current.standing(), 'waiting');
    await assert.rejects(ask(), fails(/connected to none/));
  });
});

describe('exemplars', () => {
  it('have the attribute that the rule watches, or, where metrics are durations, how long the inference took', () => {
    const { store } = storeOf();
    store.add([inferenceTrace(1, 10e6, 45)], 0);
    const valuesOf = (written: Readonly<Record<string, unknown>>) =>
      exemplars(store, settingsOf(written)).map(({ value }) => value);
    const [inference] = store.inferences();
    assert.ok(inference);
    assert.deepEqual(valuesOf({}), [45]);
    assert.deepEqual(valuesOf({ 'metrics.source': 'prometheus', 'metrics.query': 'x' }), [45]);
    assert.deepEqual(valuesOf({ 'metrics.source': 'prometheus' }), [inference.span.durationUs / 1000]);
    store.add([inferenceTrace(2, 10e6, 45, { name: 'other', attributes: { model_prediction: 'cat' } })], 0);
    assert.equal(store.inferences().length, 2);
    assert.equal(valuesOf({ 'metrics.source': 'jaeger-spm' }).length, 1, 'metrics are asked for by the name');
  });
});
