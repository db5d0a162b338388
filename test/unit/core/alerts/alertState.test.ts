import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  type AlertNotice,
  type AlertState,
  initialAlertState,
  stepAlert,
} from '../../../../src/core/alerts/alertState';
import type { Evaluation } from '../../../../src/core/alerts/evaluateRule';

type Result = Evaluation['result'];

const evaluations: Record<Result, Evaluation> = {
  ok: { result: 'ok', worst: { service: 's', value: 1 } },
  firing: { result: 'firing', worst: { service: 's', value: 999 } },
  no_data: { result: 'no_data' },
  error: { result: 'error', message: 'Jaeger does not answer.' },
};

/** Steps through evaluations, one a second; gives the notice and the state of each. */
function run(results: readonly Result[]): readonly { notice: AlertNotice | undefined; state: AlertState }[] {
  let state = initialAlertState;
  return results.map((result, i) => {
    const step = stepAlert(state, evaluations[result], i + 1);
    state = step.state;
    return step;
  });
}

/** The state and the notice after the last of some evaluations. */
function last(...results: Result[]): string {
  const { state, notice } = run(results).at(-1) ?? assert.fail();
  return `${state.name}${notice ? ` ${notice}` : ''}`;
}

// A way to each state, by what the user has been told; then state and notice after ok, firing, no_data, error.
const table: readonly (readonly [
  from: readonly Result[],
  ok: string,
  firing: string,
  noData: string,
  error: string,
])[] = [
  [[], 'ok', 'alerting firing', 'no_data', 'alerting outage'],
  [['ok'], 'ok', 'alerting firing', 'no_data', 'alerting outage'],
  [['no_data'], 'ok', 'alerting firing', 'no_data', 'alerting outage'],
  [['firing'], 'ok resolved', 'alerting', 'no_data', 'alerting outage'],
  [['error'], 'ok resolved', 'alerting firing', 'no_data resolved', 'alerting'],
  [['firing', 'no_data'], 'ok resolved', 'alerting', 'no_data', 'alerting outage'],
  [['firing', 'error'], 'ok resolved', 'alerting', 'no_data', 'alerting'],
  [['error', 'firing'], 'ok resolved', 'alerting', 'no_data', 'alerting outage'],
  [['error', 'no_data'], 'ok', 'alerting firing', 'no_data', 'alerting outage'],
];

describe('stepAlert', () => {
  for (const [from, ok, firing, noData, error] of table) {
    it(`goes on from ${from.join(', ') || 'the start'} by the table`, () => {
      assert.equal(last(...from, 'ok'), ok);
      assert.equal(last(...from, 'firing'), firing);
      assert.equal(last(...from, 'no_data'), noData);
      assert.equal(last(...from, 'error'), error);
    });
  }

  it('keeps the time at which a state was entered as long as it lasts', () => {
    const since = run(['ok', 'ok', 'firing', 'error', 'firing', 'no_data', 'no_data']).map(
      ({ state }) => state.sinceUs,
    );
    assert.deepEqual(since, [1, 1, 3, 3, 3, 6, 6]);
  });

  it('keeps the last evaluation', () => {
    assert.equal(run(['ok', 'error']).at(-1)?.state.evaluation, evaluations.error);
  });
});

describe('the notices of an alert', () => {
  const anyResults = fc.array(fc.constantFrom<Result>('ok', 'firing', 'no_data', 'error'), { maxLength: 30 });

  /** Runs any evaluations past a check that sees all steps up to each one. */
  const always = (
    check: (results: readonly Result[], notices: readonly (AlertNotice | undefined)[]) => void,
  ) =>
    fc.assert(
      fc.property(anyResults, (results) =>
        check(
          results,
          run(results).map(({ notice }) => notice),
        ),
      ),
      { numRuns: 300 },
    );

  it('leave the user knowing that it fires as long as it does', () => {
    always((results, notices) => {
      results.forEach((result, i) => {
        if (result !== 'firing') return;
        const told = notices.slice(0, i + 1).filter((notice) => notice === 'firing' || notice === 'resolved');
        assert.equal(told.at(-1), 'firing', `${results.slice(0, i + 1)}`);
      });
    });
  });

  it('leave the user knowing that all is well when it is', () => {
    always((results, notices) => {
      results.forEach((result, i) => {
        if (result === 'ok')
          assert.ok([undefined, 'resolved'].includes(notices.slice(0, i + 1).findLast(Boolean)));
      });
    });
  });

  it('say that it fires once between two times that all was well', () => {
    always((results, notices) => {
      let isTold = false;
      results.forEach((result, i) => {
        if (result === 'ok') isTold = false;
        if (notices[i] !== 'firing') return;
        assert.ok(result === 'firing' && !isTold);
        isTold = true;
      });
    });
  });

  it('say of an outage when it begins, and once', () => {
    always((results, notices) => {
      results.forEach((result, i) => {
        const begins = result === 'error' && results[i - 1] !== 'error';
        assert.equal(notices[i] === 'outage', begins);
      });
    });
  });

  it('say that something is resolved only when something was the matter', () => {
    always((_, notices) => {
      const told = notices.filter((notice) => notice !== undefined);
      told.forEach((notice, i) => {
        if (notice === 'resolved') assert.ok(told[i - 1] === 'firing' || told[i - 1] === 'outage');
      });
    });
  });
});
