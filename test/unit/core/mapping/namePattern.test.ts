import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { isTelling, matchesName, patternText } from '../../../../src/core/mapping/namePattern';

describe('a pattern of names', () => {
  it('of one piece is that name and no other', () => {
    assert.equal(matchesName(['run'], 'run'), true);
    for (const other of ['', 'ru', 'runs', 'a run', 'RUN']) assert.equal(matchesName(['run'], other), false);
  });

  it('matches what begins, ends and has in between what is written out, in its order', () => {
    assert.equal(matchesName(['load ', ' of ', ''], 'load 3 of 4'), true);
    assert.equal(matchesName(['load ', ' of ', ''], 'load  of '), true);
    assert.equal(matchesName(['', ' of ', ' now'], 'a of b of c now'), true);
    for (const other of ['load 3', 'of load ', 'load of', 'reload 3 of 4'])
      assert.equal(matchesName(['load ', ' of ', ''], other), false);
  });

  it('does not use a letter twice', () => {
    assert.equal(matchesName(['aba', 'aba'], 'aba'), false);
    assert.equal(matchesName(['aba', 'aba'], 'ababa'), false);
    assert.equal(matchesName(['aba', 'aba'], 'abaaba'), true);
  });

  it('matches each name that it makes, and agrees with the regular expression of the same', () => {
    const piece = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 3 });
    const pieces = fc.array(piece, { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(
        pieces,
        fc.array(piece, { minLength: 3, maxLength: 3 }),
        piece,
        (pattern, fillers, other) => {
          const made = pattern.reduce((name, next, i) => name + (fillers[i - 1] ?? '') + next);
          assert.ok(matchesName(pattern, made));
          const expression = new RegExp(`^${pattern.map((text) => text.replaceAll('.', '\\.')).join('.*')}$`);
          for (const name of [other, made + other])
            assert.equal(matchesName(pattern, name), expression.test(name));
        },
      ),
    );
  });

  it('tells enough when it is a name, or has three letters or digits', () => {
    for (const telling of [['x'], ['abc', ''], ['a', 'b', 'c'], ['', '推理的']])
      assert.equal(isTelling(telling), true);
    for (const other of [[''], ['', ''], ['ab', ''], ['/', '/', '...']])
      assert.equal(isTelling(other), false);
  });

  it('is shown with what is not known left open', () => {
    assert.equal(patternText(['load ', ' of ', '']), 'load … of …');
  });
});
