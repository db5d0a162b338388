import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isMutedAt, type MuteTiming, type Weekday } from '../../../../src/core/alerts/muteTiming';

const night: MuteTiming = { weekdays: ['friday'], fromMinute: 22 * 60, toMinute: 6 * 60 };
const lunch: MuteTiming = { weekdays: [], fromMinute: 720, toMinute: 780 };
const muted = (timings: readonly MuteTiming[], weekday: Weekday, hour: number, minute = 0) =>
  isMutedAt(timings, { weekday, minute: hour * 60 + minute });

describe('isMutedAt', () => {
  it('holds from the first minute on and before the last, on each day when none is named', () => {
    assert.deepEqual(
      [muted([lunch], 'monday', 12), muted([lunch], 'sunday', 12, 59), muted([lunch], 'monday', 13)],
      [true, true, false],
    );
    assert.equal(muted([lunch], 'monday', 11, 59), false);
  });

  it('goes over midnight, and belongs to the day on which it began', () => {
    assert.deepEqual(
      [muted([night], 'friday', 22), muted([night], 'saturday', 5, 59), muted([night], 'saturday', 6)],
      [true, true, false],
    );
    assert.deepEqual([muted([night], 'friday', 5), muted([night], 'saturday', 23)], [false, false]);
  });

  it('holds the whole day from midnight to midnight', () => {
    const sunday: MuteTiming = { weekdays: ['sunday'], fromMinute: 0, toMinute: 1440 };
    assert.deepEqual([muted([sunday], 'sunday', 23, 59), muted([sunday], 'monday', 0)], [true, false]);
  });

  it('holds at no time without timings', () => {
    assert.equal(muted([], 'monday', 12), false);
  });
});
