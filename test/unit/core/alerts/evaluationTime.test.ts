import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { evaluationTime } from '../../../../src/core/alerts/evaluationTime';
import { skippedMs } from '../../../../src/core/alerts/skippedTime';

const times = { nowUs: 1000, answeredUs: undefined, newestUs: undefined, graceUs: 100, lastUs: 0 };

describe('evaluationTime', () => {
  it('is the end of the newest span while data comes', () => {
    assert.equal(evaluationTime({ ...times, newestUs: 980 }), 980);
  });

  it('follows the clock by the grace when none comes', () => {
    assert.equal(evaluationTime({ ...times, newestUs: 600 }), 900);
    assert.equal(evaluationTime(times), 900);
  });

  it('is not after what the source has answered for', () => {
    assert.equal(evaluationTime({ ...times, answeredUs: 700, newestUs: 690 }), 690);
    assert.equal(evaluationTime({ ...times, answeredUs: 700, newestUs: 100 }), 600);
  });

  it('is not after now, whatever clocks say that made spans', () => {
    assert.equal(evaluationTime({ ...times, newestUs: 5000 }), 1000);
  });

  it('never goes back', () => {
    const us = fc.integer({ min: 0, max: 2000 });
    fc.assert(
      fc.property(us, us, us, us, (nowUs, answeredUs, newestUs, lastUs) => {
        assert.ok(evaluationTime({ nowUs, answeredUs, newestUs, lastUs, graceUs: 100 }) >= lastUs);
      }),
    );
  });
});

describe('skippedMs', () => {
  const before = { wallMs: 1_000_000, evenMs: 5000 };
  const later = (wallMs: number, evenMs: number) => ({
    wallMs: before.wallMs + wallMs,
    evenMs: before.evenMs + evenMs,
  });

  it('is nothing while both clocks go alike, also when a program was busy', () => {
    assert.equal(skippedMs(before, later(60_000, 60_000), 60_000), 0);
    assert.equal(skippedMs(before, later(75_000, 75_000), 60_000), 0);
    assert.equal(skippedMs(before, later(60_900, 60_000), 60_000), 0);
  });

  it('is what the clock on the wall jumped, to either side', () => {
    assert.equal(skippedMs(before, later(3_660_000, 60_000), 60_000), 3_600_000);
    assert.equal(skippedMs(before, later(-3_540_000, 60_000), 60_000), -3_600_000);
  });

  it('is the sleep of a computer, whether its even clock slept or not', () => {
    assert.equal(skippedMs(before, later(8_000_000, 10_000), 10_000), 7_990_000);
    assert.equal(skippedMs(before, later(8_000_000, 8_000_000), 10_000), 7_990_000);
  });
});
