// @ts-check
// `npm run bench`: runs each test/bench/*.bench.ts in a process of its own. Such a file exports
// `bench(): Promise<Array<{name, value, unit, limit}>>` (a default export will do too); a value above its limit does not hold.
// Prints a table and writes test/bench/results.json.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureNodePackages } from './bootstrap/nodePackages.mjs';
import { spawnTethered } from './spawnTethered.mjs';

/** @typedef {{name: string, value: number, unit: string, limit: number}} Measurement */

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const FOLDER = path.join(ROOT, 'test', 'bench');

/**
 * @param {string} file
 * @returns {Promise<Measurement[] | undefined>} undefined: it failed, and why has been shown
 */
async function measure(file) {
  const runner = path.join(ROOT, 'tools', 'benchRunner.mjs');
  const run = spawnTethered({
    command: process.execPath,
    args: ['--expose-gc', '--import', 'tsx', runner, path.join(FOLDER, file)],
    cwd: ROOT,
  });
  const { code } = await run.exited;
  const result = /^bench-result (.*)$/m.exec(run.logTail(2_000))?.[1];
  if (code === 0 && result !== undefined) return JSON.parse(result);
  const lines = run.logTail().split('\n');
  console.error(`${file} failed with code ${code}:\n${lines.map((line) => line.slice(0, 300)).join('\n')}`);
  return undefined;
}

/** @param {Array<Measurement & {holds: boolean}>} results */
function printTable(results) {
  const rows = results.map(({ name, value, unit, limit, holds }) => [
    holds ? '✔' : '✖',
    name,
    `${round(value)} ${unit}`,
    `≤ ${round(limit)} ${unit}`,
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...rows.map((row) => (row[column] ?? '').length)));
  for (const row of rows)
    console.log(
      row
        .map((cell, column) =>
          column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    );
}

/** @param {number} value three significant digits, no exponent */
function round(value) {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}

const packages = await ensureNodePackages(ROOT);
if (!packages.ok) throw new Error(`${packages.missing}: ${packages.hint}`);
const files = fs.existsSync(FOLDER)
  ? fs
      .readdirSync(FOLDER)
      .filter((file) => file.endsWith('.bench.ts'))
      .sort()
  : [];
const results = [];
const broken = [];
for (const file of files) {
  console.log(`• ${file}`);
  const measured = await measure(file);
  if (measured === undefined) broken.push(file);
  for (const measurement of measured ?? [])
    results.push({ ...measurement, holds: measurement.value <= measurement.limit });
}
printTable(results);
const holds = broken.length === 0 && results.length > 0 && results.every((result) => result.holds);
fs.mkdirSync(FOLDER, { recursive: true });
fs.writeFileSync(path.join(FOLDER, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
if (files.length === 0) console.log('There is no benchmark.');
else console.log(holds ? 'All limits hold.' : 'Some limits do not hold, or a benchmark failed.');
process.exit(holds ? 0 : 1);
