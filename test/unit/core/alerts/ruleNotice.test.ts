import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { nothingTold, noticeOf } from '../../../../src/core/alerts/ruleNotice';
import type { RuleState } from '../../../../src/core/alerts/ruleState';

/** What is said of a row of states, `-` for nothing. */
function said(...states: string[]): string {
  let told = nothingTold;
  return states
    .map((text) => {
      const [name, reason = ''] = text.split(':');
      const step = noticeOf(told, { name, reason, sinceUs: 0 } as RuleState);
      told = step.told;
      return step.notice ?? '-';
    })
    .join(' ');
}

describe('noticeOf', () => {
  it('says each change once', () => {
    assert.equal(said('ok', 'alerting', 'alerting', 'ok', 'ok'), '- firing - resolved -');
  });

  it('says nothing of pending and recovering, and one thing of what comes back', () => {
    assert.equal(said('pending', 'ok', 'pending', 'alerting', 'recovering', 'alerting'), '- - - firing - -');
    assert.equal(said('alerting', 'recovering', 'ok'), 'firing - resolved');
  });

  it('says an outage once, whatever state it leads to, and once that it is over', () => {
    assert.equal(said('ok', 'error', 'error', 'ok'), '- outage - resolved');
    assert.equal(said('ok', 'alerting:Error', 'alerting:Error', 'ok'), '- outage - resolved');
    assert.equal(said('ok', 'error', 'no_data', 'ok'), '- outage resolved -');
    assert.equal(said('error', 'pending', 'ok'), 'outage - resolved');
  });

  it('goes on with a firing that an outage or no data interrupted', () => {
    assert.equal(said('alerting', 'error', 'alerting', 'ok'), 'firing outage - resolved');
    assert.equal(said('alerting', 'no_data', 'alerting', 'no_data', 'ok'), 'firing - - - resolved');
    assert.equal(said('alerting', 'alerting:Error, KeepLast', 'alerting'), 'firing - -');
  });

  it('says that it fires when no data alerts', () => {
    assert.equal(said('ok', 'alerting:NoData', 'ok:NoData'), '- firing resolved');
  });
});
