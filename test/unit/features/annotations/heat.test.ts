import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { CriticalShares } from '../../../../src/core/store/criticalShares';
import { annotatedLines, lineBeside } from '../../../../src/features/annotations/annotatedLines';
import { hasLens, heatLines, shareOf } from '../../../../src/features/annotations/heat';
import { heatIcon } from '../../../../src/features/annotations/heatIcon';
import { storeOf } from '../../core/store/storeOf';
import { annotated, pipelineTrace } from './pipelineFile';

function known(loadUs = 80) {
  const { store } = storeOf();
  store.add([pipelineTrace(1, loadUs)], 0);
  const shares = new CriticalShares(store);
  shares.step();
  return { annotations: annotated(store), shares: shares.shares() };
}
const rounded = (lines: ReturnType<typeof heatLines>) =>
  lines.map(({ line, share, step }) => [line, Math.round(share * 100), step]);

describe('heat', () => {
  it('is drawn where spans are opened that traces wait for, in four steps', () => {
    const { annotations, shares } = known();
    assert.deepEqual(rounded(heatLines(annotations, shares, 0)), [
      [12, 20, 2],
      [31, 75, 4],
      [35, 5, 1],
    ]);
    assert.deepEqual(rounded(heatLines(known(40).annotations, known(40).shares, 0)), [
      [12, 60, 4],
      [31, 35, 3],
      [35, 5, 1],
    ]);
  });

  it('is not drawn below the level that is set, nor below one percent', () => {
    const { annotations, shares } = known();
    assert.deepEqual(rounded(heatLines(annotations, shares, 0.3)), [[31, 75, 4]]);
    const little = new Map([...shares].map(([key, share]) => [key, { ...share, share: 0.009 }]));
    assert.deepEqual(heatLines(annotations, little, 0), []);
  });

  it('is of the traces that are held: imported ones have none', () => {
    const { annotations, shares } = known();
    const functions = annotations.functions.map((each) => ({ ...each, fileName: 'a.json' }));
    assert.deepEqual(heatLines({ ...annotations, functions }, shares, 0), []);
    for (const each of functions) assert.equal(shareOf(each, shares), undefined);
  });

  it('of a function is that of all its lines, and decides whether it is worth a lens', () => {
    const { annotations, shares } = known();
    const [run, read] = annotations.functions;
    assert.ok(run && read);
    assert.equal(Math.round((shareOf(read, shares) ?? 0) * 100), 80);
    assert.deepEqual([hasLens(read, shares, 0.8), hasLens(read, shares, 0.81)], [true, false]);
    // Of a function with inferences the numbers are what people look for.
    assert.equal(hasLens(run, shares, 1), true);
    assert.equal(hasLens(read, new Map(), 1), true, 'nothing is known yet');
  });

  it('is told by the number of filled bars, not by colour alone', () => {
    for (const step of [1, 2, 3, 4] as const)
      for (const theme of ['light', 'dark'] as const)
        assert.equal(heatIcon(step, theme).match(/opacity="1"/g)?.length, step);
    assert.notEqual(heatIcon(1, 'light'), heatIcon(1, 'dark'));
  });
});

describe('the annotated lines of a file', () => {
  it('are those with a lens, heat, or text at their end, each once and in order', () => {
    const { annotations, shares } = known();
    assert.deepEqual(
      annotatedLines(annotations, heatLines(annotations, shares, 0)),
      [10, 12, 14, 18, 30, 31, 35],
    );
  });

  it('follow each other in a circle', () => {
    const lines = [10, 14, 30];
    assert.deepEqual(
      [1, 10, 12, 30, 99].map((line) => lineBeside(lines, line, 'next')),
      [10, 14, 14, 10, 10],
    );
    assert.deepEqual(
      [1, 10, 12, 30, 99].map((line) => lineBeside(lines, line, 'previous')),
      [30, 30, 10, 14, 30],
    );
    assert.equal(lineBeside([], 1, 'next'), undefined);
  });
});
