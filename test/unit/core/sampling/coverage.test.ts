import assert from 'node:assert/strict';
import { Coverage } from '../../../../src/core/sampling/coverage';
import type { Stratum } from '../../../../src/core/sampling/stratum';

const infinite = Number.POSITIVE_INFINITY;

function stratum(fromUs: number, toUs: number, more: Partial<Stratum> = {}): Stratum {
  const slice = { sliceFromUs: fromUs, sliceToUs: toUs, weight: 1, count: 0 };
  return { fromUs, toUs, ...slice, isCut: false, slowUs: infinite, ...more };
}

const quarter = { sliceFromUs: 50, sliceToUs: 75, weight: 4, count: 10, slowUs: 1000 };

function coverageOf(...strata: Stratum[]): Coverage {
  const coverage = new Coverage();
  coverage.put('svc', strata, 0);
  return coverage;
}

describe('Coverage', () => {
  it('lets what came by lot stand for what did not, and what is slow for itself', () => {
    const coverage = coverageOf(stratum(0, 100, quarter), stratum(100, 200));
    const weights = [49, 50, 74, 75, 100, 199].map((startUs) => coverage.weight('svc', startUs, 1));
    assert.deepEqual(weights, [0, 4, 4, 0, 1, 1]);
    assert.deepEqual([coverage.weight('svc', 60, 1000), coverage.weight('svc', 10, 1000)], [1, 1]);
    assert.deepEqual(
      [coverage.weight('svc', 200, 1), coverage.weight('other', 60, 1)],
      [undefined, undefined],
    );
  });

  it('goes by what was said last of a time', () => {
    const coverage = coverageOf(stratum(0, 100, quarter));
    coverage.put('svc', [stratum(60, 160)], 0);
    assert.deepEqual(
      [10, 55, 60, 99, 159].map((startUs) => coverage.weight('svc', startUs, 1)),
      [0, 4, 1, 1, 1],
    );
    assert.equal(coverage.isSampled, true);
    coverage.put('svc', [stratum(0, 100)], 0);
    assert.deepEqual([coverage.isSampled, coverage.error('svc')], [false, undefined]);
  });

  it('says how far an estimate may be off: by chance, or by how the traces come in bursts', () => {
    const even = coverageOf(
      stratum(0, 100, quarter),
      stratum(100, 200, { ...quarter, sliceFromUs: 120, sliceToUs: 145 }),
    );
    assert.equal(even.error('svc')?.relativeError, (2 * Math.sqrt(4 * 3 * 20)) / 80);
    const bursts = coverageOf(
      stratum(0, 100, { ...quarter, count: 40 }),
      stratum(100, 200, { ...quarter, sliceFromUs: 120, sliceToUs: 145, count: 0 }),
    );
    assert.equal(bursts.error('svc')?.relativeError, (2 * Math.sqrt(4 * 3 * 40 ** 2)) / 160);
    const alone = coverageOf(stratum(0, 100, quarter)).error('svc')?.relativeError ?? 0;
    assert.ok(alone > 1, 'one slice alone says nothing of the rest');
    assert.equal(even.error('svc', 250), undefined, 'nothing is known after that');
    assert.equal(coverageOf(stratum(0, 9, { isCut: true })).error('svc')?.isAtLeast, true);
  });

  it('holds no more when always all comes, and forgets what is old', () => {
    const coverage = new Coverage();
    for (let at = 0; at < 10_000; at += 10)
      coverage.put('svc', [stratum(at, at + 30, { count: 3 })], at - 100);
    assert.equal(coverage.length, 1);
    for (let at = 10_000; at < 20_000; at += 10)
      coverage.put(
        'svc',
        [stratum(at, at + 30, { sliceFromUs: at, sliceToUs: at + 15, weight: 2 })],
        at - 100,
      );
    assert.ok(coverage.length < 20, `${coverage.length} strata`);
    coverage.clear();
    assert.deepEqual([coverage.length, coverage.isSampled], [0, false]);
  });
});
