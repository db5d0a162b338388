import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  type EvaluationKind,
  execErrStates,
  initialRuleState,
  isAlarming,
  noDataStates,
  type RuleState,
  type RuleStateName,
  type StateRules,
  skipTime,
  stepRule,
} from '../../../../src/core/alerts/ruleState';

const minuteUs = 60_000_000;
const unified: StateRules = {
  dialect: 'unified',
  forUs: 2 * minuteUs,
  keepFiringForUs: 3 * minuteUs,
  noDataState: 'NoData',
  execErrState: 'Error',
};
const legacy: StateRules = { ...unified, dialect: 'legacy', keepFiringForUs: 0, execErrState: 'Alerting' };
const at = (name: RuleStateName, sinceUs = 0): RuleState => ({ name, reason: '', sinceUs });

/** A step after some minutes in a state, as Grafana shows it. */
function stepAfter(minutes: number, from: RuleStateName, result: EvaluationKind, rule: StateRules): string {
  const { name, reason } = stepRule(rule, at(from), result, minutes * minuteUs);
  return reason === '' ? name : `${name} (${reason})`;
}

const names = ['unknown', 'ok', 'pending', 'alerting', 'recovering', 'no_data', 'error'] as const;
type Row = Readonly<Record<(typeof names)[number], string>>;

/** Checks a whole row of a table: one result in each state. */
function checkRow(title: string, row: Row, step: (from: RuleStateName) => string): void {
  for (const from of names) it(`${title}: ${from} → ${row[from]}`, () => assert.equal(step(from), row[from]));
}

const all = (name: string): Row => ({
  ...{ unknown: name, ok: name, pending: name, alerting: name },
  ...{ recovering: name, no_data: name, error: name },
});

describe('stepRule, unified', () => {
  const normal = { ...all('ok'), alerting: 'recovering', recovering: 'recovering' };
  checkRow('not firing, soon', normal, (from) => stepAfter(1, from, 'ok', unified));
  checkRow('not firing, when keepFiringFor is over', { ...normal, recovering: 'ok' }, (from) =>
    stepAfter(3, from, 'ok', unified),
  );
  checkRow('not firing, without keepFiringFor', all('ok'), (from) =>
    stepAfter(1, from, 'ok', { ...unified, keepFiringForUs: 0 }),
  );

  const alerting = { ...all('pending'), alerting: 'alerting', recovering: 'alerting' };
  checkRow('firing, soon', alerting, (from) => stepAfter(1, from, 'firing', unified));
  checkRow('firing, when for is over', { ...alerting, pending: 'alerting' }, (from) =>
    stepAfter(2, from, 'firing', unified),
  );
  checkRow('firing, without for', all('alerting'), (from) =>
    stepAfter(1, from, 'firing', { ...unified, forUs: 0 }),
  );

  checkRow('no data as NoData', all('no_data'), (from) => stepAfter(9, from, 'no_data', unified));
  checkRow('an error as Error', all('error'), (from) => stepAfter(9, from, 'error', unified));

  const withReason = (row: Row, reason: string): Row => {
    const entries = names.map((name) => [name, `${row[name]} (${reason})`] as const);
    return { ...row, ...Object.fromEntries(entries) };
  };
  for (const [result, reason, rule] of [
    ['no_data', 'NoData', { ...unified, noDataState: 'Alerting' }],
    ['error', 'Error', { ...unified, execErrState: 'Alerting' }],
  ] as const)
    checkRow(`${result} as Alerting`, withReason({ ...alerting, pending: 'alerting' }, reason), (from) =>
      stepAfter(2, from, result, rule),
    );
  for (const [result, reason, rule] of [
    ['no_data', 'NoData', { ...unified, noDataState: 'OK' }],
    ['error', 'Error', { ...unified, execErrState: 'OK' }],
  ] as const)
    checkRow(`${result} as OK`, withReason(normal, reason), (from) => stepAfter(1, from, result, rule));

  const kept = { ...all('ok'), alerting: 'alerting', pending: 'pending', recovering: 'recovering' };
  for (const [result, reason, rule] of [
    ['no_data', 'NoData, KeepLast', { ...unified, noDataState: 'KeepLast' }],
    ['error', 'Error, KeepLast', { ...unified, execErrState: 'KeepLast' }],
  ] as const) {
    checkRow(`${result} as KeepLast, soon`, withReason(kept, reason), (from) =>
      stepAfter(1, from, result, rule),
    );
    checkRow(
      `${result} as KeepLast, later`,
      withReason({ ...kept, pending: 'alerting', recovering: 'ok' }, reason),
      (from) => stepAfter(3, from, result, rule),
    );
  }
});

describe('stepRule, legacy', () => {
  checkRow('ok', all('ok'), (from) => stepAfter(9, from, 'ok', legacy));
  checkRow('no data as no_data', all('no_data'), (from) => stepAfter(9, from, 'no_data', legacy));
  const firing = { ...all('pending'), alerting: 'alerting' };
  checkRow('firing, for not exceeded', firing, (from) => stepAfter(2, from, 'firing', legacy));
  checkRow('firing, for exceeded', { ...firing, pending: 'alerting' }, (from) =>
    stepAfter(2.01, from, 'firing', legacy),
  );
  checkRow('firing without for', all('alerting'), (from) =>
    stepAfter(0, from, 'firing', { ...legacy, forUs: 0 }),
  );
  checkRow('an error without for', all('alerting (Error)'), (from) =>
    stepAfter(0, from, 'error', { ...legacy, forUs: 0 }),
  );
  checkRow('no data as alerting', all('alerting (NoData)'), (from) =>
    stepAfter(0, from, 'no_data', { ...legacy, forUs: 0, noDataState: 'Alerting' }),
  );
  checkRow('no data as ok', all('ok (NoData)'), (from) =>
    stepAfter(0, from, 'no_data', { ...legacy, noDataState: 'OK' }),
  );
  const keep = { ...legacy, noDataState: 'KeepLast', execErrState: 'KeepLast' } as const;
  for (const from of names) {
    it(`keeps ${from} when it is to keep the state`, () => {
      assert.equal(stepRule(keep, at(from), 'error', minuteUs).name, from);
      assert.equal(stepRule(keep, at(from), 'no_data', minuteUs).name, from);
    });
  }
});

describe('RuleState', () => {
  it('counts from when it was entered', () => {
    const pending = stepRule(unified, initialRuleState, 'firing', 5);
    assert.deepEqual(pending, { name: 'pending', reason: '', sinceUs: 5 });
    assert.equal(stepRule(unified, pending, 'firing', 9).sinceUs, 5);
  });

  it('does not count time that is skipped', () => {
    const pending = skipTime(at('pending', 10 * minuteUs), 60 * minuteUs);
    assert.equal(stepRule(unified, pending, 'firing', 71 * minuteUs).name, 'pending');
    assert.equal(stepRule(unified, pending, 'firing', 72 * minuteUs).name, 'alerting');
  });

  it('alarms while it fires, recovers or fails', () => {
    assert.deepEqual(
      names.filter((name) => isAlarming({ name })),
      ['alerting', 'recovering', 'error'],
    );
  });
});

/** An alert as Grafana's documentation tells it: by when it began to fire without pause, and when it last fired. */
class Model {
  #firingSinceUs: number | undefined;
  #normalSinceUs: number | undefined;
  #isAlerting = false;

  constructor(readonly rule: StateRules) {}

  step(isFiring: boolean, atUs: number): RuleStateName {
    const { forUs, keepFiringForUs } = this.rule;
    if (isFiring) {
      this.#firingSinceUs ??= atUs;
      this.#normalSinceUs = undefined;
      this.#isAlerting ||= forUs === 0 || (atUs > this.#firingSinceUs && atUs - this.#firingSinceUs >= forUs);
      return this.#isAlerting ? 'alerting' : 'pending';
    }
    this.#firingSinceUs = undefined;
    if (!this.#isAlerting) return 'ok';
    const isNew = this.#normalSinceUs === undefined;
    this.#normalSinceUs ??= atUs;
    const isOver = keepFiringForUs === 0 || (!isNew && atUs - this.#normalSinceUs >= keepFiringForUs);
    this.#isAlerting = !isOver;
    return isOver ? 'ok' : 'recovering';
  }
}

describe('stepRule against a model', () => {
  const steps = fc.array(
    fc.record({ isFiring: fc.boolean(), us: fc.integer({ min: 1, max: 4 * minuteUs }) }),
  );
  const durations = fc.constantFrom(0, 1, minuteUs, 2 * minuteUs, 7 * minuteUs);

  it('is what the documentation tells of rules with values', () => {
    fc.assert(
      fc.property(steps, durations, durations, (series, forUs, keepFiringForUs) => {
        const rule = { ...unified, forUs, keepFiringForUs };
        const model = new Model(rule);
        let state = initialRuleState;
        let atUs = 0;
        for (const { isFiring, us } of series) {
          atUs += us;
          state = stepRule(rule, state, isFiring ? 'firing' : 'ok', atUs);
          assert.equal(state.name, model.step(isFiring, atUs));
          assert.ok(state.sinceUs <= atUs);
        }
      }),
    );
  });

  it('never alerts without having fired, or failed, for as long as it must, whatever comes', () => {
    const results = fc.array(
      fc.record({
        result: fc.constantFrom<EvaluationKind>('ok', 'firing', 'no_data', 'error'),
        us: fc.integer({ min: 1, max: minuteUs }),
      }),
    );
    const rules = fc.record({
      dialect: fc.constantFrom('legacy', 'unified'),
      noDataState: fc.constantFrom(...noDataStates),
      execErrState: fc.constantFrom(...execErrStates),
      keepFiringForUs: durations,
    });
    fc.assert(
      fc.property(results, rules, (series, wish) => {
        const rule = { ...wish, forUs: 2 * minuteUs };
        let state = initialRuleState;
        let atUs = 0;
        let sinceUs: number | undefined;
        for (const { result, us } of series) {
          atUs += us;
          const before = state;
          state = stepRule(rule, state, result, atUs);
          if (state.name === 'pending') sinceUs ??= atUs;
          if (state.name === 'alerting' && before.name !== 'alerting' && before.name !== 'recovering') {
            assert.equal(before.name, 'pending');
            assert.ok(sinceUs !== undefined && atUs - sinceUs >= rule.forUs);
          }
          if (state.name !== 'pending') sinceUs = undefined;
        }
      }),
    );
  });
});
