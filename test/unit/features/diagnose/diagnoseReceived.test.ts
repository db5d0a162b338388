import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  diagnoseReceived,
  type Received,
  refusalSteps,
} from '../../../../src/features/diagnose/diagnoseReceived';
import { settingsOf } from '../../platform/settingsOf';
import { english as t } from '../explorer/english';

const received: Received = { endpoint: 'http://127.0.0.1:4318', inferences: [], spanNames: [], troubles: [] };
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

  it('says that all that came was refused, and why', async () => {
    const [, step] = await run({ troubles: ['2 requests were refused: why.', '1 datagram.'] });
    assert.deepEqual(step, {
      name: 'Taken',
      isPassed: false,
      detail: '2 requests were refused: why. 1 datagram.',
      remedy: 'copy exporter settings',
    });
  });

  it('does not take a refusal for the reason when spans have come', async () => {
    const steps = await run({ spanNames: ['GET /'], troubles: ['1 request was refused: why.'] });
    assert.deepEqual(
      steps.map(({ name, isPassed, detail }) => [name, isPassed, detail.slice(0, 30)]),
      [
        ['Receiver', true, 'Receiving at http://127.0.0.1:'],
        ['Taken, but not all', true, '1 request was refused: why.'],
        ['Span', false, 'No span is named “ai_inference'],
      ],
    );
  });

  it('says nothing of refusals when there were none', () => {
    assert.deepEqual(refusalSteps([], false, t), []);
  });
});
