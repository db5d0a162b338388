import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { textEdit } from '../../../../src/sources/parser/textEdit';

const pointIn = (text: string, index: number) => {
  const lines = text.slice(0, index).split('\n');
  return { row: lines.length - 1, column: lines.at(-1)?.length ?? 0 };
};

describe('textEdit', () => {
  it('is none between two texts that are the same', () => {
    assert.equal(textEdit('a\nb', 'a\nb'), undefined);
  });

  it('is what was typed', () => {
    const edit = textEdit('a\nb\nc', 'a\nbx\ny\nc');
    assert.deepEqual([edit?.startIndex, edit?.oldEndIndex, edit?.newEndIndex], [3, 3, 6]);
    assert.deepEqual(edit?.newEndPosition, { row: 2, column: 1 });
  });

  it('makes the one text of the other, with the places of its ends', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '🚀'), maxLength: 12 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const edit = textEdit(before, after);
        if (!edit) {
          assert.equal(before, after);
          return;
        }
        const { startIndex, oldEndIndex, newEndIndex } = edit;
        const inserted = after.slice(startIndex, newEndIndex);
        assert.equal(before.slice(0, startIndex) + inserted + before.slice(oldEndIndex), after);
        assert.deepEqual(edit.startPosition, pointIn(before, startIndex));
        assert.deepEqual(edit.oldEndPosition, pointIn(before, oldEndIndex));
        assert.deepEqual(edit.newEndPosition, pointIn(after, newEndIndex));
      }),
      { numRuns: 500 },
    );
  });
});
