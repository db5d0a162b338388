import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { sketchError } from '../../../../src/core/summaries/quantileSketch';
import { ValueSummary } from '../../../../src/core/summaries/valueSummary';

const summaryOf = (values: readonly number[]) => {
  const summary = new ValueSummary();
  for (const value of values) summary.add(value);
  return summary;
};
const valuesArbitrary = fc.array(
  fc.oneof(
    fc.double({ min: 0.5, max: 10_000, noNaN: true }),
    fc.double({ min: -10_000, max: -0.5, noNaN: true }),
    fc.constantFrom(0, 1, 12.5, 300),
  ),
  { minLength: 1, maxLength: 200 },
);
const quantileArbitrary = fc.constantFrom(0, 0.5, 0.95, 0.99, 1);

describe('a summary of values', () => {
  it('knows each quantile to two in a hundred of it', () => {
    fc.assert(
      fc.property(valuesArbitrary, quantileArbitrary, (values, q) => {
        const exact = Float64Array.from(values).sort()[Math.round(q * (values.length - 1))] ?? Number.NaN;
        const known = summaryOf(values).quantile(q) ?? Number.NaN;
        assert.ok(Math.abs(known - exact) <= sketchError * Math.abs(exact) + 1e-9, `${known} for ${exact}`);
      }),
      { numRuns: 1000 },
    );
  });

  it('put together with another knows what it would know of all the values', () => {
    fc.assert(
      fc.property(valuesArbitrary, valuesArbitrary, quantileArbitrary, (some, others, q) => {
        const joined = summaryOf(some);
        joined.join(summaryOf(others));
        const whole = summaryOf([...some, ...others]);
        assert.deepEqual(joined.sketch.parts, whole.sketch.parts);
        assert.equal(joined.quantile(q), whole.quantile(q));
        assert.deepEqual([joined.count, joined.min, joined.max], [whole.count, whole.min, whole.max]);
        assert.ok(Math.abs(joined.sum - whole.sum) <= 1e-6 * Math.max(1, Math.abs(whole.sum), 1e6));
      }),
    );
  });

  it('knows nothing of no values', () => {
    const none = new ValueSummary();
    assert.deepEqual([none.count, none.avg, none.quantile(0.5)], [0, undefined, undefined]);
  });

  it('is bounded whatever the values, and still knows the highest well', () => {
    const values = Array.from({ length: 5000 }, (_, i) => 1.03 ** (i % 2500));
    const summary = summaryOf(values);
    assert.ok(summary.sketch.parts.positive.length <= 2 * 256);
    const exact = Float64Array.from(values).sort()[Math.round(0.95 * 4999)] ?? Number.NaN;
    assert.ok(Math.abs((summary.quantile(0.95) ?? 0) - exact) <= sketchError * exact);
    assert.deepEqual(
      [summary.quantile(0), summary.quantile(1)],
      [summary.quantile(0.01), Math.max(...values)],
    );
  });

  it('bears the smallest and the largest numbers that there are', () => {
    const summary = summaryOf([Number.MIN_VALUE, -Number.MIN_VALUE, Number.MAX_VALUE, -Number.MAX_VALUE]);
    assert.ok(Number.isFinite(summary.quantile(0.5)));
    assert.equal(summary.quantile(1), Number.MAX_VALUE);
  });
});
