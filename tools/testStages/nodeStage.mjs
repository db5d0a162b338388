// @ts-check
import fs from 'node:fs';
import path from 'node:path';
import { readTally } from '../mocha/readTally.mjs';
import { spawnTethered } from '../spawnTethered.mjs';
import { fromMocha, notRun } from './tally.mjs';

const LIMIT_MS = 10 * 60_000;

/**
 * Runs a folder of tests in Node, outside of VS Code: those against a real Jaeger (WHYSPAN_JAEGER names the program), or in a real browser.
 * @param {object} stage
 * @param {string} stage.root
 * @param {'integration' | 'browser'} stage.name of the folder in test/
 * @param {readonly import('./tools.mjs').Tool[]} stage.needs
 * @param {import('./tools.mjs').Tools} stage.tools
 * @returns {Promise<import('./tally.mjs').StageResult[]>}
 */
export async function runNodeStage({ root, name, needs, tools }) {
  const folder = path.join(root, 'test', name);
  const hasTests =
    fs.existsSync(folder) &&
    fs.readdirSync(folder, { recursive: true }).some((file) => String(file).endsWith('.test.ts'));
  if (!hasTests) return [];
  console.log(`\n▶ ${name}`);
  const outcome = await tools.ensure(needs);
  if (!outcome.ok) return [notRun(name, outcome)];
  const artifacts = path.join(root, 'test', 'artifacts', name);
  fs.rmSync(artifacts, { recursive: true, force: true });
  fs.mkdirSync(artifacts, { recursive: true });
  const result = path.join(artifacts, 'result.json');
  const mocha = spawnTethered({
    command: process.execPath,
    args: [
      path.join(root, 'node_modules', 'mocha', 'bin', 'mocha.js'),
      ...[
        '--import=tsx',
        '--reporter',
        path.join(root, 'tools', 'mocha', 'tallyReporter.cjs'),
        '--timeout',
        '60000',
        '--exit',
      ],
      ...(process.env.CI === 'true' ? ['--forbid-only'] : []),
      `test/${name}/**/*.test.ts`,
    ],
    cwd: root,
    env: { WHYSPAN_TALLY_RESULT: result, WHYSPAN_ROOT: root, WHYSPAN_ARTIFACTS: artifacts },
    logFile: path.join(artifacts, 'output.txt'),
    onLine: (line) => console.log(line),
  });
  const limit = setTimeout(mocha.stop, LIMIT_MS);
  const { code } = await mocha.exited;
  clearTimeout(limit);
  return [fromMocha(name, readTally(result, name, `exit code ${code}`))];
}
