import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { fitsQualifiers, isTellingName, qualifiedName } from '../../../../src/core/mapping/functionName';

const read = (text: string) => {
  const { name, qualifiers } = qualifiedName(text);
  return [...qualifiers, name].join(' ');
};
const fits = (text: string, container: string | undefined, path = '/p/svc/storage.py') =>
  fitsQualifiers(qualifiedName(text), { name: 'x', container, line: 1, endLine: 2 }, path);

describe('the name of a function in a trace', () => {
  it('is read in the way of each language', () => {
    assert.equal(read('pkg.mod.Class.run'), 'pkg mod Class run');
    assert.equal(read('outer.<locals>.inner'), 'outer inner');
    assert.equal(read('github.com/me/app/storage.(*Store).Load'), 'github com me app storage Store Load');
    assert.equal(read('my_crate::storage::load'), 'my_crate storage load');
    assert.equal(read('Ns.Class.Run(System.String)'), 'Ns Class Run');
    assert.equal(read('run'), 'run');
  });

  it('fits a function of its class, or of its module, package or folder', () => {
    assert.ok(fits('a.Store.load', 'Store'));
    assert.ok(!fits('a.Other.load', 'Store'));
    assert.ok(fits('svc.storage.load', undefined));
    assert.ok(fits('svc.load', undefined));
    assert.ok(fits('__main__.load', undefined));
    assert.ok(!fits('svc.model.load', undefined));
    assert.ok(fits('load', 'Anything'));
  });

  it('says enough when it has several words', () => {
    for (const name of ['load_features', 'loadFeatures', 'LoadFeatures', 'read_s3'])
      assert.ok(isTellingName(name), name);
    for (const name of ['run', 'predict', 'GET', 'a_b', 'load features', '__init__'])
      assert.ok(!isTellingName(name), name);
  });
});
