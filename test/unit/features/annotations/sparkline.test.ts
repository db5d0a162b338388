import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { sparkline } from '../../../../src/features/annotations/sparkline';

const colors = { line: '#123456', threshold: '#abcdef' };
const draw = (points: readonly { timeUs: number; value: number }[], threshold?: number) =>
  sparkline({ points, fromUs: 0, toUs: 1000, threshold, colors });
const bars = (svg: string) =>
  [...svg.matchAll(/M([\d.]+) 45V([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);

describe('the picture of an hour', () => {
  it('is empty when nothing happened then', () => {
    assert.equal(draw([]), '');
    assert.equal(
      draw([
        { timeUs: -5, value: 1 },
        { timeUs: 2000, value: 1 },
        { timeUs: 5, value: Number.NaN },
      ]),
      '',
    );
  });

  it('has a bar for each moment, as high as the highest value of it', () => {
    const [first, second, third] = bars(
      draw([
        { timeUs: 1, value: 5 },
        { timeUs: 2, value: 10 },
        { timeUs: 500, value: 5 },
        { timeUs: 1000, value: 0 },
      ]),
    );
    assert.deepEqual(first, [0.8, 3]);
    assert.deepEqual(second, [150.7, 24]);
    assert.deepEqual(third, [299.3, 44], 'zero is seen, too');
  });

  it('draws the threshold unless it lies far above everything', () => {
    assert.match(draw([{ timeUs: 5, value: 450 }], 300), /M0 17H300" stroke="#abcdef"/);
    assert.ok(!draw([{ timeUs: 5, value: 10 }], 300).includes('#abcdef'));
    assert.ok(!draw([{ timeUs: 5, value: 10 }]).includes('#abcdef'));
  });

  it('stays small and within its frame, whatever it is given', () => {
    const point = fc.record({ timeUs: fc.double({ min: -10, max: 1100, noNaN: true }), value: fc.double() });
    fc.assert(
      fc.property(fc.array(point, { maxLength: 2000 }), fc.double(), (points, threshold) => {
        const svg = draw(points, threshold);
        assert.ok(svg.length < 6000, String(svg.length));
        assert.doesNotMatch(svg, /NaN|Infinity|undefined/);
        for (const [x, y] of bars(svg)) assert.ok(x >= 0 && x <= 300 && y >= 3 && y <= 45, `${x} ${y}`);
      }),
    );
  });
});
