import assert from 'node:assert/strict';
import { Announcer } from '../../../../src/webview/latencyChart/announcer';

describe('announcing the summary', () => {
  const said: string[] = [];
  let announcer: Announcer;
  beforeEach(() => {
    said.length = 0;
    announcer = new Announcer((text) => said.push(text));
  });
  const offer = (state: string, value: number | null, atS: number) =>
    announcer.offer({ text: `${state} ${value}`, state, value }, atS * 1000);

  it('says a new state at once', () => {
    offer('ok', 100, 0);
    offer('alerting', 350, 1);
    assert.deepEqual(said, ['ok 100', 'alerting 350']);
  });

  it('says a moved value every ten seconds at most', () => {
    offer('ok', 100, 0);
    for (let second = 1; second <= 20; second++) offer('ok', 100 + second * 20, second);
    assert.deepEqual(said, ['ok 100', 'ok 300', 'ok 500']);
  });

  it('does not say a value that has hardly moved', () => {
    offer('ok', 100, 0);
    offer('ok', 109, 60);
    assert.equal(said.length, 1);
    offer('ok', null, 61);
    assert.equal(said.length, 2);
  });
});
