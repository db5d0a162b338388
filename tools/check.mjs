// @ts-check
// Types, lint and unit tests: what each change must pass, in under a minute.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readTally } from './mocha/readTally.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** @typedef {{name: string, passed: number, failed: number, skipped: number}} CheckResult */

/**
 * @param {string} command @param {readonly string[]} args @param {Record<string, string>} [env]
 * @returns {Promise<number>} the exit code
 */
function run(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(root, 'node_modules', command), ...args], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...env },
    });
    child.on('error', () => resolve(1));
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** @param {string} name @param {Promise<number>} code @returns {Promise<CheckResult>} */
async function gate(name, code) {
  const isPassed = (await code) === 0;
  console.log(`${isPassed ? '✔' : '✖'} ${name}`);
  return { name, passed: isPassed ? 1 : 0, failed: isPassed ? 0 : 1, skipped: 0 };
}

/**
 * Mocha over TypeScript files.
 * @param {string} name @param {string} pattern @param {Record<string, string>} [env] @param {readonly string[]} [options] of mocha
 * @returns {Promise<CheckResult>}
 */
export async function runMocha(name, pattern, env = {}, options = []) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'whyspan-mocha-'));
  const result = path.join(folder, 'result.json');
  const reporter = path.join(root, 'tools/mocha/tallyReporter.cjs');
  const args = ['--import=tsx', '--forbid-only', '--reporter', reporter, ...options, pattern];
  const code = await run('mocha/bin/mocha.js', args, { ...env, WHYSPAN_TALLY_RESULT: result });
  const tally = readTally(result, name, `mocha ended with code ${code}`);
  fs.rmSync(folder, { recursive: true, force: true });
  return { name, passed: tally.passed, failed: tally.failed, skipped: tally.skipped };
}

/** @returns {Promise<CheckResult[]>} */
export async function runCheck() {
  const gates = await Promise.all([
    gate('types', run('typescript/bin/tsc', ['-b'])),
    gate('lint (Biome)', run('@biomejs/biome/bin/biome', ['check', '--error-on-warnings'])),
  ]);
  const jobs = Math.max(2, Math.min(os.availableParallelism(), 4));
  return [
    ...gates,
    await runMocha('unit', 'test/unit/**/*.test.ts', {}, [
      '--parallel',
      '--jobs',
      String(jobs),
      '--timeout',
      '20000',
    ]),
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const results = await runCheck();
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ key) =>
    results.reduce((total, result) => total + result[key], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
  process.exitCode = sum('failed') > 0 ? 1 : 0;
}
