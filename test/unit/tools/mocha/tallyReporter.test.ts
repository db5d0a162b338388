import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';

const root = path.resolve(__dirname, '../../../..');
const mocha = path.join(root, 'node_modules/mocha/bin/mocha.js');
const reporter = path.join(root, 'tools/mocha/tallyReporter.cjs');

describe('the tally of a run', () => {
  let folder = '';
  let result = '';

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'whyspan-tally-'));
    result = path.join(folder, 'result.json');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Runs tests as a program of their own, and gives what was counted. */
  async function run(tests: string) {
    const file = path.join(folder, 'some.test.cjs');
    await writeFile(file, `describe('a run', () => { ${tests} });`);
    const env = { ...process.env, WHYSPAN_TALLY_RESULT: result, WHYSPAN_TALLY_OUT: '' };
    await new Promise((resolve) =>
      execFile(process.execPath, [mocha, '--no-config', '--reporter', reporter, file], { env }, resolve),
    );
    const { passed, failed, skipped, isFinished } = JSON.parse(await readFile(result, 'utf8'));
    return { passed, failed, skipped, isFinished };
  }

  it('counts what passed, failed and was skipped', async () => {
    const tests = "it('a', () => {}); it('b', () => { throw new Error('b'); }); it.skip('c', () => {});";
    assert.deepEqual(await run(tests), { passed: 1, failed: 1, skipped: 1, isFinished: true });
  });

  it('counts on where a window was reloaded in the middle of a test, also what had failed', async () => {
    const first = "it('a', () => { throw new Error('a'); }); it('reloads', () => process.exit(0));";
    assert.deepEqual(await run(first), { passed: 0, failed: 1, skipped: 0, isFinished: false });
    assert.deepEqual(await run("it('b', () => {});"), { passed: 1, failed: 1, skipped: 0, isFinished: true });
  });

  it('begins anew after a run that was finished', async () => {
    await run("it('a', () => {});");
    assert.deepEqual(await run("it('b', () => {});"), { passed: 1, failed: 0, skipped: 0, isFinished: true });
  });
});
