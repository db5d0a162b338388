import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { isHumanError } from '../../../../src/core/humanError';
import { commandPath, removeCommand, writeCommand } from '../../../../src/sources/commandLine/commandFile';

describe('writeCommand and removeCommand', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'whyspan-command-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('make the folder, write a command that can be run, replace their own, and remove it', async () => {
    const bin = join(folder, 'new', 'bin');
    const path = await writeCommand(bin, '/x/launch.sh', false);
    assert.equal(path, join(bin, 'whyspan'));
    if (process.platform !== 'win32') assert.equal((await stat(path)).mode & 0o777, 0o755);
    await writeCommand(bin, '/y/launch.sh', false);
    assert.match(await readFile(path, 'utf8'), /\/y\/launch\.sh/);
    assert.deepEqual([await removeCommand(path), await removeCommand(path)], [true, false]);
  });

  it('leave what somebody else put there', async () => {
    const path = commandPath(folder, false);
    await writeFile(path, '#!/bin/sh\necho another\n');
    await assert.rejects(
      writeCommand(folder, '/x/launch.sh', false),
      (error) => isHumanError(error) && error.message.includes(path),
    );
    assert.equal(await removeCommand(path), false);
    assert.match(await readFile(path, 'utf8'), /another/);
  });

  it('say what cannot be written', async () => {
    await writeFile(join(folder, 'file'), '');
    await assert.rejects(
      writeCommand(join(folder, 'file', 'bin'), '/x/launch.sh', false),
      (error) => isHumanError(error) && /left as it is|cannot be written/.test(error.message),
    );
  });

  it('have a name that Windows finds', () => {
    assert.match(commandPath('bin', true), /whyspan\.cmd$/);
  });
});
