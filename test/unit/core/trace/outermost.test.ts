import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { outermost } from '../../../../src/core/trace/outermost';

const of = (marked: readonly number[], parents: Readonly<Record<number, number>>) => [
  ...outermost(new Set(marked), (key) => parents[key]),
];

describe('the outermost of some things', () => {
  it('have none of the others above them, however far', () => {
    assert.deepEqual(of([2, 5, 7], { 5: 4, 4: 3, 3: 2, 2: 1, 7: 6, 6: 1 }), [2, 7]);
    assert.deepEqual(of([5, 6], { 5: 4, 6: 4, 4: 3 }), [5, 6]);
    assert.deepEqual(of([1, 5, 6], { 5: 4, 6: 4, 4: 3, 3: 1 }), [1]);
  });

  it('are found although parents form a circle', () => {
    assert.deepEqual(of([1], { 1: 2, 2: 3, 3: 1 }), [1]);
    assert.deepEqual(of([9], { 9: 1, 1: 2, 2: 3, 3: 1 }), [9]);
  });
});
