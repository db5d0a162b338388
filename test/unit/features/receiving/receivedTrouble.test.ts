import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { receivedTrouble, troubleCount } from '../../../../src/features/receiving/receivedTrouble';
import type { ReceivedTally } from '../../../../src/sources/receivedTally';
import { english as t } from '../explorer/english';

const nothing: ReceivedTally = {
  ...{ spans: 9, refused: {}, rejectedSpans: 0, leftOut: 0, notPassedOn: 0 },
  datagrams: { broken: 0, oversize: 0, foreign: 0, dropped: 0 },
};
const say = (more: Partial<ReceivedTally>) => receivedTrouble({ ...nothing, ...more }, t);

describe('what was not taken', () => {
  it('is nothing when all was', () => {
    assert.deepEqual([say({}), troubleCount(nothing)], [[], 0]);
  });

  it('is said of requests by reason, the most frequent first', () => {
    assert.deepEqual(say({ refused: { 'too-large': 4, 'not-found': 8, unauthorized: 1 } }), [
      'Refused: 8 × no traces (OTEL_METRICS_EXPORTER=none, OTEL_LOGS_EXPORTER=none)',
      'Refused: 4 × too large: send smaller batches',
      'Refused: 1 × without the token, or with an old one (Copy Exporter Settings has it)',
    ]);
  });

  it('is said of spans, datagrams, pauses and other windows, each when it happened', () => {
    assert.deepEqual(
      say({
        ...{ rejectedSpans: 1, leftOut: 5, notPassedOn: 6 },
        datagrams: { broken: 2, oversize: 3, foreign: 4, dropped: 7 },
      }),
      [
        '1 spans, or parts of them, could not be read',
        '2 datagrams could not be read',
        '3 datagrams were over 65,000 bytes (longer ones never arrive): send smaller batches',
        '7 datagrams came faster than they could be read',
        '4 datagrams were no spans of a Jaeger client',
        '5 traces came while Whyspan was paused, and were too many to keep',
        '6 requests were not passed on: another window is too slow',
      ],
    );
  });

  it('is counted: what this window misses, not what another one does', () => {
    const datagrams = { broken: 2, oversize: 3, foreign: 4, dropped: 7 };
    const refused = { timeout: 10, malformed: 20 };
    assert.equal(
      troubleCount({ ...nothing, refused, datagrams, rejectedSpans: 1, leftOut: 5, notPassedOn: 100 }),
      52,
    );
  });
});
