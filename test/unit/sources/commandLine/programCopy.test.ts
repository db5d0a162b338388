import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'mocha';
import { copyProgram, launcherFile, type ProgramCopy } from '../../../../src/sources/commandLine/programCopy';

describe('copyProgram', () => {
  let root = '';
  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'whyspan-copy-'));
  });
  after(() => rm(root, { recursive: true, force: true }));

  beforeEach(() => rm(join(root, 'copies'), { recursive: true, force: true }));

  async function copyOf(version: string): Promise<ProgramCopy> {
    const extensionFolder = join(root, `whyspan-${version}`);
    await mkdir(join(extensionFolder, 'dist'), { recursive: true });
    await writeFile(join(extensionFolder, 'package.json'), JSON.stringify({ version }));
    await writeFile(join(extensionFolder, 'dist/jaegerSource.js'), '');
    await writeFile(
      join(extensionFolder, 'dist/cli.js'),
      "require('./jaegerSource.js'); console.log(require('../package.json').version)",
    );
    const folder = join(root, 'copies');
    return { extensionFolder, folder, version, runtime: process.execPath, isWindows: false };
  }

  const run = (copy: ProgramCopy) =>
    execFileSync('/bin/sh', [launcherFile(copy)], { encoding: 'utf8', env: { PATH: '' } }).trim();

  it('starts the newest version, also after the extension’s own folder went away', async function () {
    if (process.platform === 'win32') this.skip();
    const first = await copyOf('1.0.0');
    await copyProgram(first);
    assert.equal(run(first), '1.0.0');
    const second = await copyOf('1.1.0');
    await copyProgram(second);
    await rm(first.extensionFolder, { recursive: true });
    await rm(second.extensionFolder, { recursive: true });
    assert.equal(run(first), '1.1.0');
  });

  it('removes old copies, also unfinished ones, and leaves young ones to commands that run', async () => {
    const copy = await copyOf('1.0.0');
    await copyProgram(copy);
    await mkdir(join(copy.folder, 'new-broken'));
    const old = (await readdir(copy.folder)).filter((name) => name !== 'launch.sh');
    const yesterday = Date.now() / 1000 - 86_400;
    for (const name of old) await utimes(join(copy.folder, name), yesterday, yesterday);
    await copyProgram(copy);
    await copyProgram(copy);
    const left = await readdir(copy.folder);
    assert.equal(left.length, 3, left.join(' '));
    assert.ok(!left.some((name) => old.includes(name)), left.join(' '));
  });

  it('works when two windows do it at once', async function () {
    if (process.platform === 'win32') this.skip();
    const copy = await copyOf('1.0.0');
    await Promise.all(Array.from({ length: 4 }, () => copyProgram(copy)));
    assert.equal(run(copy), '1.0.0');
  });
});
