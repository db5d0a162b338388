import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { commandFolders, isOnPath } from '../../../../src/sources/commandLine/commandFolders';

describe('commandFolders', () => {
  let home = '';
  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'whyspan-home-'));
    for (const folder of ['bin', 'go/bin', 'app/node_modules/.bin', '.nvm/versions/node/v22/bin'])
      await mkdir(join(home, folder), { recursive: true });
  });
  after(() => rm(home, { recursive: true, force: true }));

  const machine = (...path: readonly string[]) => ({
    home,
    env: { PATH: path.join(delimiter) },
    isWindows: false,
  });

  it('offers the user’s own folder also when it is not there yet and no shell looks there', async () => {
    assert.deepEqual(await commandFolders(machine('/usr/bin', '/bin', '')), [
      { path: join(home, '.local/bin'), isOnPath: false },
    ]);
  });

  it('offers what is on the PATH and the user’s own first, and nothing of a project or a tool', async () => {
    const offered = await commandFolders(
      machine(
        join(home, 'app/node_modules/.bin'),
        join(home, '.nvm/versions/node/v22/bin'),
        join(home, 'missing'),
        `${join(home, 'bin')}/`,
        join(home, 'go/bin'),
        '/usr/bin',
      ),
    );
    assert.deepEqual(
      offered.map(({ path, isOnPath: isFound }) => [path.slice(home.length + 1), isFound]),
      [
        ['bin', true],
        ['go/bin', true],
        ['.local/bin', false],
      ],
    );
  });

  it('offers a folder of programs on Windows', async () => {
    const env = { LOCALAPPDATA: 'C:\\Users\\me\\AppData\\Local', Path: '' };
    const [first] = await commandFolders({ home, env, isWindows: true });
    assert.match(first?.path ?? '', /Local[/\\]Programs[/\\]whyspan$/);
    assert.equal(first?.isOnPath, false);
  });

  it('knows where a shell looks', () => {
    assert.equal(isOnPath(join(home, 'bin'), machine(`${join(home, 'bin')}/`)), true);
    assert.equal(isOnPath(join(home, 'bin'), machine('/usr/bin')), false);
  });
});
