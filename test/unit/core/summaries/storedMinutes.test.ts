import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { MinuteSummary } from '../../../../src/core/summaries/minuteSummary';
import { decodeMinutes, encodeMinutes } from '../../../../src/core/summaries/storedMinutes';
import { ValueSummary } from '../../../../src/core/summaries/valueSummary';
import { inference, observerOf } from './observer';

const all = [0, 0xffff_ffff] as const;
const valueArbitrary = fc
  .array(fc.oneof(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.constant(0)), { minLength: 1 })
  .map((values) => {
    const summary = new ValueSummary();
    for (const value of values) summary.add(value === 0 ? 0 : value);
    return summary;
  });
const countArbitrary = fc.nat(2 ** 31);
const rowArbitrary: fc.Arbitrary<MinuteSummary> = fc.record({
  source: fc.string(),
  service: fc.string(),
  minute: countArbitrary,
  inferences: countArbitrary,
  errors: countArbitrary,
  predictions: fc.array(fc.tuple(fc.string(), countArbitrary)).map((entries) => new Map(entries)),
  otherPredictions: countArbitrary,
  values: fc.array(fc.tuple(fc.string(), valueArbitrary)).map((entries) => new Map(entries)),
  observer: fc.string(),
  revision: countArbitrary,
});
const plain = (rows: readonly MinuteSummary[]) =>
  rows.map(({ values, ...row }) => ({
    ...row,
    values: [...values].map(([signal, { sketch, count, sum, min, max }]) => [
      ...[signal, count, sum, min, max],
      sketch.parts,
    ]),
  }));
/** JSON knows no negative zero. */
const noNegativeZero = (text: string) => JSON.parse(text.replaceAll('-0,', '0,'));

describe('stored summaries', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(fc.array(rowArbitrary, { maxLength: 5 }), (rows) => {
        const read = decodeMinutes(encodeMinutes(rows), ...all);
        assert.deepEqual(
          noNegativeZero(JSON.stringify(plain(read))),
          noNegativeZero(JSON.stringify(plain(rows))),
        );
        assert.deepEqual(
          read.map(({ predictions }) => predictions),
          rows.map(({ predictions }) => predictions),
        );
      }),
    );
  });

  it('are read of the minutes that are asked for', () => {
    fc.assert(
      fc.property(fc.array(rowArbitrary), countArbitrary, countArbitrary, (rows, a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const wanted = rows.filter(({ minute }) => minute >= from && minute <= to);
        assert.equal(decodeMinutes(encodeMinutes(rows), from, to).length, wanted.length);
      }),
    );
  });

  it('never throw, whatever the bytes and whatever the JSON', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void decodeMinutes(bytes, ...all)));
    const { store, told, tell } = observerOf('a');
    store.add([inference(1, 0), inference(2, 0)], 0);
    tell();
    const payload = encodeMinutes(told);
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 32, max: 126 }), (at, byte) => {
        const changed = payload.slice();
        changed[8 + (at % (payload.length - 8))] = byte;
        for (const { values } of decodeMinutes(changed, ...all))
          for (const value of values.values()) assert.ok(Number.isFinite(value.quantile(0.5)));
      }),
      { numRuns: 2000 },
    );
  });
});
