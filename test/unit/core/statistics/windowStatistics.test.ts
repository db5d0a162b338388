import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { quantile } from '../../../../src/core/statistics/quantile';
import { windowStatistics } from '../../../../src/core/statistics/windowStatistics';

const assertRight = (values: readonly number[]) => {
  const statistics = windowStatistics(Float64Array.from(values));
  for (const [name, q] of [
    ['p50', 0.5],
    ['p95', 0.95],
    ['p99', 0.99],
  ] as const)
    assert.ok(
      Math.abs((statistics?.[name] ?? Number.NaN) - (quantile(values, q) ?? Number.NaN)) <= 1e-6,
      name,
    );
};

describe('the statistics of a window', () => {
  it('are those of sorted values', () => {
    const value = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.double({ min: -1e6, max: 1e6, noNaN: true }));
    fc.assert(fc.property(fc.array(value, { minLength: 1 }), assertRight), { numRuns: 500 });
  }).timeout(20_000);

  it('are those of many values, in order, in reverse, equal or scattered', () => {
    const count = 5000;
    const forms = [
      (i: number) => i,
      (i: number) => count - i,
      () => 7,
      (i: number) => (i * 7919) % 4999,
      (i: number) => i % 3,
    ];
    for (const form of forms) assertRight(Array.from({ length: count }, (_, i) => form(i)));
  });

  it('are none of no values', () => {
    assert.equal(windowStatistics(new Float64Array()), undefined);
  });
});
