// @ts-check
import fs from 'node:fs';
import path from 'node:path';
import { ensureInferenceEnv } from '../inference/inferenceEnv.mjs';
import { spawnTethered } from '../spawnTethered.mjs';
import { notRun } from './tally.mjs';

const LIMIT_MS = 5 * 60_000;

/**
 * Runs the sample service's own unit tests in both of its Python environments.
 * @param {string} root
 * @returns {Promise<import('./tally.mjs').StageResult[]>}
 */
export async function runPythonStage(root) {
  const example = path.join(root, 'examples', 'inference');
  const results = [];
  const tests = path.join(example, 'tests');
  if (!fs.existsSync(tests) || !fs.readdirSync(tests).some((file) => /^test.*\.py$/.test(file))) return [];
  for (const exporter of /** @type {const} */ (['jaeger', 'otlp'])) {
    const name = `examples/inference (${exporter})`;
    console.log(`\n▶ ${name}`);
    const env = await ensureInferenceEnv(exporter);
    results.push(env.ok ? await runUnittest(name, env.python, example) : notRun(name, env));
  }
  return results;
}

/**
 * @param {string} name
 * @param {string} python
 * @param {string} cwd
 * @returns {Promise<import('./tally.mjs').StageResult>}
 */
async function runUnittest(name, python, cwd) {
  const isPackage = fs.existsSync(path.join(cwd, 'tests', '__init__.py')) ? ['-t', '.'] : [];
  const run = spawnTethered({
    command: python,
    args: ['-m', 'unittest', 'discover', '-v', '-s', 'tests', ...isPackage],
    cwd,
    env: { PYTHONDONTWRITEBYTECODE: '1' },
    onLine: (line) => console.log(`  ${line}`),
  });
  const limit = setTimeout(run.stop, LIMIT_MS);
  const { code } = await run.exited;
  clearTimeout(limit);
  return count(name, run.logTail(500), code);
}

/**
 * Reads unittest's closing lines: `Ran 12 tests in 0.1s`, then `OK (skipped=1)` or `FAILED (failures=1, errors=2)`.
 * @param {string} name
 * @param {string} output
 * @param {number} code
 * @returns {import('./tally.mjs').StageResult}
 */
function count(name, output, code) {
  const ran = Number(/^Ran (\d+) tests? in/m.exec(output)?.[1] ?? 0);
  const closing =
    /^(?:OK|FAILED|NO TESTS RAN).*$/gm.exec(output.slice(output.lastIndexOf('\nRan ')))?.[0] ?? '';
  const number = (/** @type {string} */ word) =>
    Number(new RegExp(`\\b${word}=(\\d+)`).exec(closing)?.[1] ?? 0);
  const skipped = number('skipped');
  const failed = number('failures') + number('errors') + number('unexpected successes');
  if (code !== 0 && failed === 0)
    return {
      name,
      passed: 0,
      failed: 1,
      skipped: 0,
      notes: [`unittest ended with code ${code}: ${closing}`],
    };
  return {
    name,
    passed: Math.max(0, ran - failed - skipped),
    failed,
    skipped,
    notes: failed > 0 ? [closing] : [],
  };
}
