import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { RuleNotice } from '../../../../src/core/alerts/ruleRun';
import { KeptStates } from '../../../../src/features/alerts/keptStates';
import { ruleOf } from '../../core/alerts/ruleOf';
import { inferenceTrace, storeOf } from '../../core/store/storeOf';
import { engineOf } from './engineOf';
import { storageOf } from './storageOf';

const secondMs = 1000;
const times = { window: '30s', frequency: '10s', for: '20s', keepFiringFor: '20s' };

/** An engine with rules, in a world whose two clocks, source and traces a test moves. */
function world(entries: readonly Readonly<Record<string, unknown>>[], storage = storageOf()) {
  const { store } = storeOf();
  const at = { wallMs: 1_000_000 * secondMs, evenMs: 0, standing: 'ready' as 'ready' | { failure: string } };
  const said: RuleNotice[][] = [];
  const kept = new KeptStates(storage, () => at.wallMs);
  const { engine } = engineOf({
    store,
    standing: () => at.standing,
    clock: () => ({ wallMs: at.wallMs, evenMs: at.evenMs }),
    onNotices: (notices) => said.push([...notices]),
    kept: (uid) => kept.rule(uid),
  });
  engine.setRules(entries.map((entry) => ruleOf(entry)));
  engine.start();
  let id = 1;
  return {
    at,
    engine,
    storage,
    save: () => kept.save(engine.rules),
    infer(latencyMs: number, service = 'svc'): void {
      store.add([inferenceTrace(id++, at.wallMs * 1000, latencyMs, { service })], 0);
    },
    /** Ten seconds, after which the timer beats. */
    beat(count = 1, latencyMs?: number): void {
      for (let i = 0; i < count; i++) {
        at.wallMs += 10 * secondMs;
        at.evenMs += 10 * secondMs;
        if (latencyMs !== undefined) this.infer(latencyMs);
        engine.tick();
      }
    },
    /** States of all rules, by name and group. */
    states: () =>
      engine.rules.flatMap(({ rule, instances }) =>
        instances.map(({ labels, state }) => `${rule.name} ${labels.join()}: ${state.name}`),
      ),
    said: () => said.map((notices) => notices.map(({ rule, kind }) => `${rule.name} ${kind}`).join(', ')),
  };
}

describe('RuleEngine', () => {
  let its: ReturnType<typeof world>;
  const worlds: ReturnType<typeof world>[] = [];
  const begin = (...entries: Readonly<Record<string, unknown>>[]) => {
    its = world(entries);
    worlds.push(its);
  };
  beforeEach(() => begin({ name: 'Slow', ...times }));
  afterEach(() => {
    for (const { engine } of worlds.splice(0)) engine.dispose();
  });

  it('goes from pending to alerting to recovering to normal, and says two things of it', () => {
    its.beat(1, 900);
    assert.deepEqual(its.states(), ['Slow svc: pending']);
    its.beat(2, 900);
    assert.deepEqual(its.states(), ['Slow svc: alerting']);
    its.beat(4, 1);
    assert.deepEqual(its.states(), ['Slow svc: recovering']);
    its.beat(2, 1);
    assert.deepEqual(its.states(), ['Slow svc: ok']);
    assert.deepEqual(its.said(), ['Slow firing', 'Slow resolved']);
    assert.deepEqual(
      its.engine.rules[0]?.history.map(({ name }) => name),
      ['no_data', 'pending', 'alerting', 'recovering', 'ok'],
    );
  });

  it('has a state for each group, and resolves one that is missing', () => {
    begin({ name: 'Slow', window: '10s', frequency: '10s' });
    its.infer(900, 'a');
    its.infer(10, 'b');
    its.engine.evaluate(its.engine.rules);
    assert.deepEqual(its.states(), ['Slow a: alerting', 'Slow b: ok']);
    its.at.wallMs += 11 * secondMs;
    its.at.evenMs += 11 * secondMs;
    its.infer(10, 'b');
    its.engine.evaluate(its.engine.rules);
    assert.deepEqual(its.states(), ['Slow b: ok', 'Slow a: alerting']);
    its.engine.evaluate(its.engine.rules);
    assert.deepEqual(its.states(), ['Slow b: ok']);
    assert.deepEqual(its.said(), ['Slow firing', 'Slow resolved']);
  });

  it('says at once what several rules say at once', () => {
    const alike = { window: '30s', frequency: '10s' };
    begin({ name: 'One', ...alike }, { name: 'Two', ...alike }, { name: 'Not', ...alike, paused: true });
    its.beat(1, 900);
    assert.deepEqual(its.said(), ['One firing, Two firing']);
  });

  it('evaluates each at its own frequency', () => {
    begin({ name: 'Often', frequency: '10s' }, { name: 'Seldom', frequency: '30s' });
    its.beat(1, 900);
    assert.deepEqual(its.states(), ['Often svc: alerting', 'Seldom : no_data']);
    its.beat(2, 900);
    assert.deepEqual(its.states(), ['Often svc: alerting', 'Seldom svc: alerting']);
  });

  it('leads a failure of the source to the state that is configured, and back', () => {
    const alike = { window: '30s', frequency: '10s' };
    begin({ name: 'A', ...alike }, { name: 'B', ...alike, execErrState: 'OK' });
    its.beat(1, 1);
    its.at.standing = { failure: 'refused' };
    its.beat();
    assert.deepEqual(its.states(), ['A svc: error', 'B svc: ok']);
    its.at.standing = 'ready';
    its.beat(1, 1);
    assert.deepEqual(its.said(), ['A outage', 'A resolved']);
  });

  it('forgets states when it is reset, and keeps what they were', () => {
    its.beat(3, 900);
    its.engine.reset();
    assert.deepEqual(its.states(), []);
    assert.deepEqual(
      its.engine.rules[0]?.history.map(({ name, toUs }) => [name, toUs === undefined]),
      [
        ['no_data', false],
        ['pending', false],
        ['alerting', false],
      ],
    );
  });

  it('knows what a rule was that was not watched for a while', () => {
    const rule = ruleOf({ name: 'Slow', ...times });
    its.beat(3, 900);
    its.engine.setRules([]);
    assert.deepEqual(its.states(), []);
    its.engine.setRules([rule]);
    assert.deepEqual([its.states(), its.engine.rule('slow')?.history.at(-1)?.name], [[], 'alerting']);
  });

  it('fires and resolves nothing because a computer slept', () => {
    its.beat(1, 900);
    assert.deepEqual(its.states(), ['Slow svc: pending']);
    // Eight hours, of which the even clock knows nothing.
    its.at.wallMs += 8 * 3600 * secondMs;
    its.beat();
    // Nothing came since, which is no evidence, and the time is not that of `for`: only ten seconds of it are over.
    assert.deepEqual(its.states(), ['Slow svc: pending']);
    its.beat(1, 900);
    assert.deepEqual(its.states(), ['Slow svc: alerting']);
    its.at.wallMs += 8 * 3600 * secondMs;
    its.at.standing = { failure: 'the network is not up yet' };
    its.beat(2);
    assert.deepEqual([its.states(), its.said()], [['Slow svc: alerting'], ['Slow firing']]);
  });

  it('notices that there is no data when it has been awake for a window', () => {
    its.beat(1, 1);
    its.at.wallMs += 3600 * secondMs;
    its.beat(2);
    assert.deepEqual(its.states(), ['Slow svc: ok']);
    its.beat(3);
    assert.deepEqual(its.states(), ['Slow svc: no_data']);
  });

  it('goes on when the clock is set back or forth', () => {
    its.beat(3, 900);
    assert.deepEqual(its.states(), ['Slow svc: alerting']);
    for (const jumpMs of [-3600 * secondMs, 7200 * secondMs]) {
      its.at.wallMs += jumpMs;
      its.beat(2, 900);
      assert.deepEqual(its.states(), ['Slow svc: alerting']);
    }
    assert.deepEqual(its.said(), ['Slow firing']);
  });

  it('goes on after a reload with what it was, and says nothing twice', async () => {
    its.beat(3, 900);
    await its.save();
    its.engine.dispose();
    const { storage, at } = its;
    its = world([{ name: 'Slow', ...times }], storage);
    worlds.push(its);
    its.at.wallMs = at.wallMs;
    its.beat();
    // The traces that were received are not back yet.
    assert.deepEqual(its.states(), ['Slow svc: alerting']);
    its.beat(1, 900);
    assert.deepEqual([its.states(), its.said()], [['Slow svc: alerting'], []]);
    assert.deepEqual(
      its.engine.rules[0]?.history.map(({ name, toUs }) => [name, toUs === undefined]),
      [
        ['no_data', false],
        ['pending', false],
        ['alerting', true],
      ],
    );
  });

  it('remembers what states were also when that is long ago, but not that they are', async () => {
    its.beat(3, 900);
    await its.save();
    const { storage, at } = its;
    its.engine.dispose();
    const later = new KeptStates(storage, () => at.wallMs + 3_600_000).rule('slow');
    assert.equal(later?.instancesOf(ruleOf({ name: 'Slow' })).size, 0);
    assert.deepEqual(
      later?.history.map(({ name }) => name),
      ['no_data', 'pending', 'alerting'],
    );
  });
});
