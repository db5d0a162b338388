import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { receivingLines } from '../../../../src/features/receiving/receivingLines';
import type { Endpoints } from '../../../../src/platform/endpoints';
import { english as t } from '../explorer/english';

const usual: Endpoints = {
  otlpUrl: 'http://127.0.0.1:4318',
  wantedPort: 4318,
  isOtherOtlpPort: false,
  isTakenByWhyspan: false,
  sharing: 'none',
  openTo: undefined,
  grpcUrl: undefined,
  agentPort: undefined,
};
const say = (more: Partial<Endpoints>) => receivingLines({ ...usual, ...more }, undefined, t);

describe('the lines about receiving', () => {
  it('are none when nothing is unusual, or nothing is received', () => {
    assert.deepEqual([say({}), receivingLines(undefined, undefined, t)], [[], []]);
  });

  it('warn of openness, and do not show the token', () => {
    const openTo = { address: '0.0.0.0', port: 4318, token: 'T0ken' };
    assert.deepEqual(say({ openTo }), [
      'Open to other machines at 0.0.0.0: each request must bring the token',
    ]);
  });

  it('say how it stands with another window', () => {
    const taken = { isTakenByWhyspan: true, isOtherOtlpPort: true };
    assert.deepEqual(
      (['none', 'possible', 'following', 'searching', 'lost'] as const).map(
        (sharing) => say({ ...taken, sharing })[0],
      ),
      [
        'Another window with Whyspan has port 4318',
        'Another window with Whyspan has port 4318',
        'Shows what another window receives at port 4318, too',
        'The window that had port 4318 is gone; looking for who has it now',
        'Another program has port 4318 now',
      ],
    );
    assert.deepEqual(say({ sharing: 'holding' }), ['Took port 4318 over from a window that is gone']);
  });

  it('say what was not taken', () => {
    const datagrams = { broken: 0, oversize: 2, foreign: 0, dropped: 0 };
    const received = {
      ...{ spans: 0, refused: {}, rejectedSpans: 0, leftOut: 0, notPassedOn: 0 },
      datagrams,
    };
    assert.match(receivingLines(usual, received, t)[0] ?? '', /^2 datagrams were over 65,000 bytes/);
  });
});
