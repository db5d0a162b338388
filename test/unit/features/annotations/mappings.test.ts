import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { mappingsOf } from '../../../../src/features/annotations/mappings';

const folders = [
  { name: 'svc', path: '/home/me/svc' },
  { name: 'lib', path: '/home/me/lib', realPath: '/data/lib' },
];
const variable = (rest = '', name = '') => `\${workspaceFolder${name}}${rest}`;
const toOf = (to: string) =>
  mappingsOf([{ from: '/app', to }], folders.slice(0, 2)).map((each) => each.to)[0];

describe('mappingsOf', () => {
  it('puts folders of the workspace in the place of variables', () => {
    assert.equal(toOf(variable('/src')), '/home/me/svc/src');
    assert.equal(toOf(variable()), '/home/me/svc');
    assert.equal(toOf(variable('/src', ':lib')), '/home/me/lib/src');
    assert.equal(toOf('src'), '/home/me/svc/src');
    assert.equal(toOf('./src'), '/home/me/svc/src');
    assert.equal(toOf('.'), '/home/me/svc');
    assert.equal(toOf('/elsewhere'), '/elsewhere');
    assert.equal(toOf('C:\\work'), 'C:\\work');
  });

  it('leaves out what leads to a folder that is not there', () => {
    assert.deepEqual(mappingsOf([{ from: '/app', to: variable('', ':gone') }], folders.slice(0, 1)), []);
    assert.deepEqual(mappingsOf([{ from: '/app', to: variable() }], []), []);
  });

  it('leads from where a folder really lies to where it is opened', () => {
    assert.deepEqual(mappingsOf([], folders), [{ from: '/data/lib', to: '/home/me/lib' }]);
  });
});
