import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  diagnoseReceived,
  type Received,
  refusalSteps,
} from '../../../../src/features/diagnose/diagnoseReceived';
import { settingsOf } from '../../platform/settingsOf';
import { english as t } from '../explorer/english';

const received: Received = {
  endpoint: 'http://127.0.0.1:4318',
  ...{ kept: undefined, inferences: [], spanNames: [], troubles: [] },
};
const run = (more: Partial<Received>) =>
  diagnoseReceived({ ...received, ...more }, settingsOf(), () => Promise.resolve([]), t);

describe('diagnoseReceived', () => {
  it('says where it receives, and that nothing has come', async () => {
    assert.deepEqual(
      (await run({})).map(({ name, isPassed, remedy }) => [name, isPassed, remedy]),
      [
        ['Receiver', true, undefined],
        ['Span', false, 'copy exporter settings'],
      ],
    );
  });

  it('says that all that came was refused, and why, line by line', async () => {
    const steps = await run({ troubles: ['Refused: 2 × why', '1 datagram'] });
    assert.deepEqual(
      steps.slice(1, 3),
      ['Refused: 2 × why', '1 datagram'].map((detail) => ({
        ...{ name: 'Not taken', isPassed: false, detail },
        remedy: 'copy exporter settings',
      })),
    );
  });

  it('only notes a refusal when spans have come', async () => {
    const steps = await run({ spanNames: ['GET /'], troubles: ['Refused: 1 × why'] });
    assert.deepEqual(
      steps.map(({ name, isPassed, isNote }) => [name, isPassed, isNote]),
      [
        ['Receiver', true, undefined],
        ['Not taken', true, true],
        ['Span', false, undefined],
      ],
    );
  });

  it('says nothing of refusals when there were none', () => {
    assert.deepEqual(refusalSteps([], false, t), []);
  });
});
