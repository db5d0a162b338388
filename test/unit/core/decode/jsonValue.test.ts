import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { asArray, asNumber, asObject, asString, own } from '../../../../src/core/decode/jsonValue';

describe('reading JSON values', () => {
  it('takes only objects for objects and only arrays for arrays', () => {
    for (const value of [null, [], 'x', 1, undefined]) assert.equal(asObject(value), undefined);
    for (const value of [null, {}, 'x', { length: 1 }]) assert.deepEqual(asArray(value), []);
    assert.deepEqual(asObject({ a: 1 }), { a: 1 });
    assert.deepEqual(asArray([1]), [1]);
    assert.equal(asString(5), undefined);
  });

  it('takes finite numbers and whole numbers in text for numbers', () => {
    assert.equal(asNumber(-1.5), -1.5);
    assert.equal(asNumber('-12'), -12);
    for (const value of [
      Number.NaN,
      Number.POSITIVE_INFINITY,
      '',
      '1.5',
      '0x1',
      ' 1',
      '1'.repeat(21),
      true,
      null,
    ]) {
      assert.equal(asNumber(value), undefined, String(value));
    }
  });

  it('sees no inherited property', () => {
    assert.equal(own({}, 'constructor'), undefined);
    assert.equal(own({}, '__proto__'), undefined);
    assert.equal(own(JSON.parse('{"__proto__": 1}'), '__proto__'), 1);
  });
});
