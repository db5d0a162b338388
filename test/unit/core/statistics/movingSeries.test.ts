import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { movingSeries } from '../../../../src/core/statistics/movingSeries';
import { reduce, reducerNames } from '../../../../src/core/statistics/reducer';

describe('movingSeries', () => {
  it('looks back from each step over (t − window, t]', () => {
    const points = [
      { timeUs: 10, value: 1 },
      { timeUs: 20, value: 2 },
      { timeUs: 30, value: 4 },
    ];
    assert.deepEqual(movingSeries(points, { fromUs: 0, toUs: 60 }, { windowUs: 20, stepUs: 10 }, 'sum'), [
      { timeUs: 0, value: undefined },
      { timeUs: 10, value: 1 },
      { timeUs: 20, value: 3 },
      { timeUs: 30, value: 6 },
      { timeUs: 40, value: 4 },
      { timeUs: 50, value: undefined },
      { timeUs: 60, value: undefined },
    ]);
  });

  it('steps at whole multiples of the step, whatever the range begins at', () => {
    const series = movingSeries(
      [],
      { fromUs: 1_795_374_137_991_889, toUs: 1_795_374_140_000_000 },
      { windowUs: 5, stepUs: 1_000_000 },
      'avg',
    );
    assert.deepEqual(
      series.map(({ timeUs }) => timeUs),
      [1_795_374_138e6, 1_795_374_139e6, 1_795_374_140e6],
    );
  });

  it('is empty when the range holds no step', () => {
    assert.deepEqual(movingSeries([], { fromUs: 11, toUs: 19 }, { windowUs: 5, stepUs: 10 }, 'avg'), []);
    assert.deepEqual(movingSeries([], { fromUs: 20, toUs: 10 }, { windowUs: 5, stepUs: 10 }, 'avg'), []);
  });

  it('agrees with a search through all points at each step', () => {
    const points = fc
      .array(fc.record({ timeUs: fc.nat(60), value: fc.integer({ min: -9, max: 9 }) }), { maxLength: 20 })
      .map((unordered) => unordered.sort((a, b) => a.timeUs - b.timeUs));
    const size = fc.integer({ min: 1, max: 25 });
    fc.assert(
      fc.property(
        points,
        fc.nat(60),
        fc.nat(60),
        size,
        size,
        fc.constantFrom(...reducerNames),
        (given, fromUs, toUs, windowUs, stepUs, name) => {
          const expected = [];
          for (let t = 0; t <= toUs; t++) {
            if (t < fromUs || t % stepUs !== 0) continue;
            const values = given
              .filter(({ timeUs }) => timeUs > t - windowUs && timeUs <= t)
              .map(({ value }) => value);
            expected.push({ timeUs: t, value: values.length === 0 ? undefined : reduce(name, values) });
          }
          assert.deepEqual(movingSeries(given, { fromUs, toUs }, { windowUs, stepUs }, name), expected);
        },
      ),
      { numRuns: 300 },
    );
  }).timeout(20_000);
});
