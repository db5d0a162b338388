import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { commonSuffixLength, fileNameOf } from '../../../../src/core/mapping/pathMatch';

describe('commonSuffixLength', () => {
  it('counts the last parts that two paths share', () => {
    assert.equal(commonSuffixLength('/app/svc/main.py', '/home/me/svc/main.py'), 2);
    assert.equal(commonSuffixLength('/app/main.py', '/home/me/main.py'), 1);
    assert.equal(commonSuffixLength('/app/main.py', '/app/other.py'), 0);
    assert.equal(commonSuffixLength('main.py', 'xmain.py'), 0);
  });

  it('compares Windows, POSIX and file URIs, without drive letters', () => {
    assert.equal(commonSuffixLength('C:\\work\\svc\\main.py', '/work/svc/main.py'), 3);
    assert.equal(commonSuffixLength('file:///c:/work/svc/main.py', 'C:\\work\\svc\\main.py'), 3);
    assert.equal(commonSuffixLength('C:\\main.py', 'C:/main.py'), 1);
    assert.equal(commonSuffixLength('./svc//main.py', 'svc/main.py'), 2);
  });

  it('decodes the percent signs of a file URI, and of nothing else', () => {
    assert.equal(commonSuffixLength('file:///work/my%20app/main.py', '/work/my app/main.py'), 3);
    assert.equal(commonSuffixLength('file:///work/50%/main.py', '/work/50%/main.py'), 3);
    assert.equal(commonSuffixLength('file:///work/%ff/main.py', '/work/%ff/main.py'), 3);
    assert.equal(commonSuffixLength('/work/my%20app/main.py', '/work/my app/main.py'), 1);
  });

  it('shares nothing with an empty path', () => {
    assert.equal(commonSuffixLength('', ''), 0);
    assert.equal(commonSuffixLength('/', 'a'), 0);
  });

  it('is the same both ways, and whole for a path and itself', () => {
    const path = fc.array(fc.constantFrom('a', 'b', 'main.py'), { maxLength: 5 });
    fc.assert(
      fc.property(path, path, (a, b) => {
        assert.equal(
          commonSuffixLength(a.join('/'), b.join('\\')),
          commonSuffixLength(b.join('/'), a.join('/')),
        );
        assert.equal(commonSuffixLength(a.join('/'), `/prefix/${a.join('/')}`), a.length);
      }),
    );
  });
});

describe('fileNameOf', () => {
  it('is the last part', () => {
    assert.equal(fileNameOf('/app/svc/main.py'), 'main.py');
    assert.equal(fileNameOf('C:\\app\\main.py'), 'main.py');
    assert.equal(fileNameOf(''), '');
  });
});
