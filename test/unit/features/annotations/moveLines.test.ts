import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { movedLine } from '../../../../src/features/annotations/moveLines';

const edit = (start: readonly [number, number], end: readonly [number, number], addedLines: number) => ({
  startLine: start[0],
  startCharacter: start[1],
  endLine: end[0],
  endCharacter: end[1],
  addedLines,
});

describe('a line under edits', () => {
  it('moves with what is added and removed above it, and not with what is below', () => {
    assert.equal(movedLine(5, [edit([1, 3], [1, 3], 2)]), 7);
    assert.equal(movedLine(5, [edit([0, 0], [2, 0], 0)]), 3);
    assert.equal(movedLine(5, [edit([9, 0], [9, 0], 4)]), 5);
  });

  it('stays while somebody types in it, also a new line at its end', () => {
    assert.equal(movedLine(5, [edit([4, 8], [4, 9], 0)]), 5);
    assert.equal(movedLine(5, [edit([4, 8], [4, 8], 1)]), 5);
  });

  it('goes down when a line is added at its beginning', () => {
    assert.equal(movedLine(5, [edit([4, 0], [4, 0], 1)]), 6);
  });

  it('goes to the line that it is joined with', () => {
    assert.equal(movedLine(5, [edit([3, 20], [4, 4], 0)]), 4);
  });

  it('stays as near as it can when all around it is replaced', () => {
    assert.equal(movedLine(5, [edit([0, 0], [99, 0], 99)]), 5);
    assert.equal(movedLine(5, [edit([0, 0], [99, 0], 2)]), 3);
  });

  it('follows its own text, whatever whole lines come and go around it', () => {
    const change = fc.record({ at: fc.nat(20), removed: fc.nat(3), added: fc.nat(3) });
    fc.assert(
      fc.property(fc.array(change), fc.nat(20), (changes, marked) => {
        const lines = Array.from({ length: 21 }, (_, i) => `line ${i}`);
        const text = lines[marked];
        let at = marked + 1;
        for (const { at: from, removed, added } of changes) {
          const to = Math.min(lines.length, from + removed);
          if (from >= lines.length || (from <= lines.indexOf(text ?? '') && lines.indexOf(text ?? '') < to))
            continue;
          lines.splice(from, to - from, ...Array.from({ length: added }, () => 'new'));
          at = movedLine(at, [edit([from, 0], [to, 0], added)]);
        }
        assert.equal(lines[at - 1], text);
      }),
    );
  });
});
