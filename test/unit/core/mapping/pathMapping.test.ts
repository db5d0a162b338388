import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { mapPath } from '../../../../src/core/mapping/pathMapping';

describe('mapPath', () => {
  const map = (path: string, from: string, to: string) => mapPath(path, [{ from, to }]);

  it('puts what is below one folder below another', () => {
    assert.equal(map('/app/svc/main.py', '/app', '/home/me/p'), '/home/me/p/svc/main.py');
    assert.equal(map('/app/svc/main.py', '/app/', '/home/me/p/'), '/home/me/p/svc/main.py');
    assert.equal(map('/app/main.py', '/app/main.py', '/home/me/other.py'), '/home/me/other.py');
    assert.equal(map('file:///app/a%20b.py', '/app', '/p'), '/p/a b.py');
  });

  it('takes folders as a whole', () => {
    assert.equal(map('/application/main.py', '/app', '/p'), '/application/main.py');
    assert.equal(map('/srv/app/main.py', '/app', '/p'), '/srv/app/main.py');
    assert.equal(map('app/main.py', '/app', '/p'), 'app/main.py');
    assert.equal(map('app/main.py', 'app', '/p'), '/p/main.py');
    assert.equal(map('/App/main.py', '/app', '/p'), '/App/main.py');
  });

  it('knows the drives and the case of Windows', () => {
    assert.equal(map('C:\\Work\\svc\\Main.cs', 'c:\\work', '/home/me/p'), '/home/me/p/svc/Main.cs');
    assert.equal(map('c:/work/svc/a.py', 'C:\\Work', '/p'), '/p/svc/a.py');
    assert.equal(map('file:///c%3A/work/a.py', 'C:\\work', '/p'), '/p/a.py');
    assert.equal(map('D:\\work\\a.py', 'C:\\work', '/p'), 'D:\\work\\a.py');
    assert.equal(map('/app/a.py', '/app', 'C:\\Users\\me\\p'), 'C:\\Users\\me\\p/a.py');
  });

  it('prefers the mapping that says most, wherever it stands', () => {
    const mappings = [
      { from: '/app', to: '/one' },
      { from: '/app/lib', to: '/two' },
      { from: '/', to: '/root' },
    ];
    const segment = fc.stringMatching(/^[a-z]{1,5}$/);
    fc.assert(
      fc.property(fc.shuffledSubarray(mappings, { minLength: 3 }), segment, (shuffled, name) => {
        assert.equal(mapPath(`/app/lib/${name}`, shuffled), `/two/${name}`);
        assert.equal(mapPath(`/app/x/${name}`, shuffled), `/one/x/${name}`);
        assert.equal(mapPath(`/other/${name}`, shuffled), `/root/other/${name}`);
      }),
    );
  });
});
