import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { libraryCallOf } from '../../../../src/core/mapping/libraryCall';

/** The line that is found among calls, one on each line from 1; of a span's name and operation. */
const lineOf = (spanName: string, calls: string, operation?: string) =>
  libraryCallOf(
    { spanName, library: { operation, caller: undefined } },
    calls.split(' ').map((name, i) => ({ name, line: i + 1 })),
  )?.line;

describe('libraryCallOf', () => {
  it('finds the call that is called as the operation', () => {
    assert.equal(lineOf('S3.GetObject', 'open get_object read'), 2);
    assert.equal(lineOf('S3.GetObject', 'open GetObject read'), 2);
    assert.equal(lineOf('GET', 'json get'), 2);
    assert.equal(lineOf('anything', 'json get', 'GET'), 2);
    assert.equal(lineOf('/pkg.Model/PredictBatch', 'connect PredictBatch'), 2);
    assert.equal(lineOf('HGETALL', 'hgetall hset'), 1);
  });

  it('finds the call that does what it is told', () => {
    assert.equal(lineOf('SELECT features', 'cursor execute fetchrows'), 2);
    assert.equal(lineOf('GET', 'json fetch'), 2);
    assert.equal(lineOf('chat gpt-4o', 'format create', 'chat'), 2);
    assert.equal(lineOf('frames publish', 'encode basic_publish'), 2);
  });

  it('prefers the one that is called so', () => {
    assert.equal(lineOf('GET', 'request get'), 2);
  });

  it('finds none when there are several, or none that fits', () => {
    assert.equal(lineOf('GET', 'get parse get'), undefined);
    assert.equal(lineOf('SELECT features', 'execute execute'), undefined);
    assert.equal(lineOf('SELECT features', 'open read'), undefined);
    assert.equal(lineOf('', 'open read'), undefined);
  });
});
