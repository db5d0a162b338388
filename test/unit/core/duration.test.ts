import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { formatDuration, formatElapsed, formatNumber, parseDuration } from '../../../src/core/duration';

describe('parseDuration', () => {
  it('reads hours, minutes, seconds and milliseconds, alone and together', () => {
    assert.equal(parseDuration('5m'), 300_000_000);
    assert.equal(parseDuration('1h30m'), 5_400_000_000);
    assert.equal(parseDuration(' 20s '), 20_000_000);
    assert.equal(parseDuration('500ms'), 500_000);
    assert.equal(parseDuration('1.5s'), 1_500_000);
  });

  it('reads nothing that is no duration', () => {
    for (const text of [
      '',
      ' ',
      '5',
      'm',
      '5 x',
      '-5m',
      '1e3s',
      '5m!',
      '1.s',
      '.5s',
      `${'9'.repeat(400)}h`,
    ]) {
      assert.equal(parseDuration(text), undefined, text);
    }
  });

  it('reads nothing that is zero, or rounds to it', () => {
    for (const text of ['0s', '0h0m', '0.0001ms']) assert.equal(parseDuration(text), undefined, text);
  });
});

describe('formatDuration', () => {
  it('writes the two largest units', () => {
    const texts: readonly (readonly [number, string])[] = [
      [0, '0µs'],
      [450, '450µs'],
      [12_340, '12.3ms'],
      [20_000_000, '20s'],
      [90_400_000, '1m 30s'],
      [300_000_000, '5m'],
      [3_600_000_000, '1h'],
      [5_400_000_000, '1h 30m'],
    ];
    for (const [us, text] of texts) assert.equal(formatDuration(us), text);
  });

  it('does not round up to a whole larger unit and call it by the smaller one', () => {
    assert.equal(formatDuration(999.9), '1ms');
    assert.equal(formatDuration(999_999), '1s');
    assert.equal(formatDuration(59_999_999), '1m');
    assert.equal(formatDuration(3_599_999_999), '1h');
  });

  it('writes what parseDuration reads again, to three digits or to the minute', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.integer({ min: 1, max: 10_000_000 }), fc.integer({ min: 1, max: 1e12 })),
        (us) => {
          const again = parseDuration(formatDuration(us)) ?? assert.fail(formatDuration(us));
          const tolerance = us >= 3_600_000_000 ? 30_000_000 : us >= 60_000_000 ? 1_000_000 : us * 0.005;
          assert.ok(Math.abs(again - us) <= tolerance, `${us} → ${formatDuration(us)} → ${again}`);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('formatNumber', () => {
  it('writes three digits, and all of the whole part', () => {
    const texts: readonly (readonly [number, string])[] = [
      [0, '0'],
      [1234.5, '1235'],
      [99.96, '100'],
      [12.34, '12.3'],
      [1.234, '1.23'],
      [0.1234, '0.123'],
      [0.001234, '0.00123'],
      [-12.34, '-12.3'],
      [5, '5'],
    ];
    for (const [value, text] of texts) assert.equal(formatNumber(value), text);
  });
});

describe('formatElapsed', () => {
  it('puts a space before the unit of a measured time', () => {
    assert.deepEqual([450, 12_300, 1_250_000].map(formatElapsed), ['450 µs', '12.3 ms', '1.25 s']);
  });

  it('says minutes and more as formatDuration does', () => {
    assert.equal(formatElapsed(90_000_000), formatDuration(90_000_000));
  });
});
