import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { commandText, launcherMark, launcherText } from '../../../../src/sources/commandLine/launcherText';

interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

describe('the command whyspan', () => {
  let folder = '';
  let command = '';
  const program = () => join(folder, 'cli.js');
  const launcher = () => join(folder, 'launch.sh');

  before(async function () {
    if (process.platform === 'win32') this.skip();
    // A name that no shell takes as it is.
    folder = join(await mkdtemp(join(tmpdir(), 'whyspan-')), `it's "my" $HOME; 100 %`);
    await mkdir(join(folder, 'bin'), { recursive: true });
    command = join(folder, 'bin', 'whyspan');
    await writeFile(
      program(),
      'console.log(JSON.stringify([process.argv.slice(2), process.env.ELECTRON_RUN_AS_NODE ?? null])); process.exitCode = 4;',
    );
    await writeFile(command, commandText(launcher(), false));
    await chmod(command, 0o755);
  });
  after(() => rm(join(folder, '..'), { recursive: true, force: true }));

  async function call(path: string, runtime: string, ...args: readonly string[]): Promise<Answer> {
    await writeFile(launcher(), launcherText({ program: program(), runtime }, false));
    return new Promise((done) => {
      execFile(command, [...args], { env: { PATH: path } }, (error, out, err) =>
        done({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
      );
    });
  }

  /** A folder for PATH with the shell's own commands and a `node` that says a version, or is real. */
  async function pathWith(node: string | undefined): Promise<string> {
    const bin = await mkdtemp(join(folder, 'path-'));
    await symlink('/bin/sh', join(bin, 'sh'));
    if (node === 'real') await symlink(process.execPath, join(bin, 'node'));
    else if (node) await writeFile(join(bin, 'node'), `#!/bin/sh\necho ${node}\n`, { mode: 0o755 });
    return bin;
  }

  it('runs the program with node, with each argument as it is, and its exit code', async () => {
    const args = ['a b', "it's", '$HOME', '*', '', '"'];
    const { code, out } = await call(await pathWith('real'), '/none', ...args);
    assert.deepEqual([code, JSON.parse(out)], [4, [args, null]]);
  });

  it('runs it with VS Code’s own where there is no node, or an old one', async () => {
    for (const node of [undefined, 'v18.19.0', 'v8.0.0', 'nonsense']) {
      const { code, out, err } = await call(await pathWith(node), process.execPath, 'x');
      assert.deepEqual([code, JSON.parse(out), err], [4, [['x'], '1'], ''], node);
    }
  });

  it('says what it needs when there is neither', async () => {
    const { code, out, err } = await call(await pathWith(undefined), '/none');
    assert.deepEqual([code, out, err], [70, '', 'whyspan: needs Node 20 or newer\n']);
  });

  it('says that the extension is gone when it is', async () => {
    await call(await pathWith(undefined), '/none');
    await rm(launcher());
    const answer = await new Promise<Answer>((done) => {
      execFile(command, (error, out, err) =>
        done({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
      );
    });
    assert.deepEqual([answer.code, answer.out], [70, '']);
    assert.match(answer.err, /the extension Whyspan is gone/);
  });
});

// Not run here: what cmd.exe makes of it has to be tried on Windows.
describe('the command whyspan on Windows', () => {
  const target = { program: 'C:\\my 100% tools\\cli.js', runtime: 'C:\\Code\\Code.exe' };

  it('escapes what cmd.exe would expand, and has lines as cmd.exe reads them', () => {
    const text = launcherText(target, true);
    assert.match(text, /node "C:\\my 100%% tools\\cli\.js" %\*\r\n/);
    assert.match(
      text,
      /set ELECTRON_RUN_AS_NODE=1\r\n"C:\\Code\\Code\.exe" "C:\\my 100%% tools\\cli\.js" %\*\r\n/,
    );
    assert.doesNotMatch(text, /[^\r]\n/);
  });

  it('is known as ours', () => {
    assert.ok(commandText('C:\\x\\launch.cmd', true).includes(launcherMark));
  });
});
