import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decimate, type SignalPoint } from '../../../../src/features/latencyChart/points';
import { nowMs, storeOf } from './inferenceStore';

const [template] = storeOf([{ agoMs: 0, value: 1 }]).signal('storage_latency_ms');
const pointsOf = (values: readonly number[]): SignalPoint[] =>
  values.map((value, index) => ({ timeUs: nowMs * 1000 + index, value, span: template!.span }));

describe('thinning out points', () => {
  const rangeOf = (points: readonly SignalPoint[]) => ({
    fromUs: points[0]?.timeUs ?? 0,
    toUs: (points.at(-1)?.timeUs ?? 0) + 1,
  });

  it('leaves as many as may be drawn as they are', () => {
    const points = pointsOf([3, 1, 2]);
    assert.equal(decimate(points, rangeOf(points), 1, 3), points);
  });

  it('keeps the lowest and the highest of each column', () => {
    const points = pointsOf([5, 1, 9, 4, 7, 7, 2, 8]);
    const kept = decimate(points, rangeOf(points), 2, 4);
    assert.deepEqual(
      kept.map(({ value }) => value),
      [1, 9, 2, 8],
    );
  });

  it('keeps order, extremes and the limit, whatever the values', () => {
    const values = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), {
      minLength: 1,
      maxLength: 300,
    });
    const property = fc.property(values, fc.integer({ min: 1, max: 200 }), (list, columns) => {
      const points = pointsOf(list);
      const kept = decimate(points, rangeOf(points), columns, 50);
      assert.ok(kept.length <= Math.max(50, Math.min(list.length, 50)));
      assert.ok(kept.every((point, i) => i === 0 || point.timeUs > kept[i - 1]!.timeUs));
      const extremes = (of: readonly SignalPoint[]) => {
        const sorted = of.map(({ value }) => value).sort((a, b) => a - b);
        return [sorted[0], sorted.at(-1)];
      };
      assert.deepEqual(extremes(kept), extremes(points));
    });
    fc.assert(property);
  });
});
