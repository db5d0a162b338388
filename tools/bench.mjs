// @ts-check
// `npm run bench`: runs each test/bench/*.bench.ts, bundled as the extension is, in a process of its own: in the Node of VS Code's
// extension host where that is installed, and in this one. `npm run bench -- NAME…` runs those whose names begin so.
// Such a file exports `bench(): Promise<Array<{name, value, unit, limit}>>`; a value above its limit does not hold.
// Prints what they print and a table, and writes test/bench/results.json. `npm run soak` (`--soak`): the same with test/soak/*.soak.ts.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureNodePackages } from './bootstrap/nodePackages.mjs';
import { spawnTethered } from './spawnTethered.mjs';
import { hostFiles } from './vscode-host/hostFiles.mjs';

/** @typedef {{name: string, value: number, unit: string, limit: number}} Measurement */

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const KIND = process.argv.includes('--soak') ? 'soak' : 'bench';
const FOLDER = path.join(ROOT, 'test', KIND);
/** As deep as test/bench, so that what stays outside of the bundles is found. */
const BUNDLES = path.join(ROOT, 'out', KIND);

/**
 * As the extension is bundled: what a loader that compiles in passing makes of the code is not what users run.
 * @param {readonly string[]} names
 */
async function bundle(names) {
  const esbuild = await import('esbuild');
  await esbuild.build({
    absWorkingDir: ROOT,
    entryPoints: names.map((name) => path.join(FOLDER, `${name}.${KIND}.ts`)),
    outdir: BUNDLES,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode', 'esbuild', '../../tools/*'],
    alias: { 'web-tree-sitter': path.join(ROOT, 'node_modules/web-tree-sitter/web-tree-sitter.cjs') },
    define: { __dirname: JSON.stringify(FOLDER) },
    logLevel: 'warning',
  });
}

/**
 * @param {string} name
 * @param {string} node
 * @returns {Promise<Measurement[] | undefined>} undefined: it failed, and why has been shown
 */
async function measure(name, node) {
  const runner = path.join(ROOT, 'tools', 'benchRunner.mjs');
  const run = spawnTethered({
    command: node,
    args: ['--expose-gc', runner, path.join(BUNDLES, `${name}.${KIND}.cjs`)],
    cwd: ROOT,
    onLine: (line) => {
      if (!line.startsWith('bench-result ')) console.log(`  ${line.slice(0, 300)}`);
    },
  });
  const { code } = await run.exited;
  const result = /^bench-result (.*)$/m.exec(run.logTail(2_000))?.[1];
  if (code === 0 && result !== undefined) return JSON.parse(result);
  console.error(`${name} failed with code ${code}`);
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

/** @returns {readonly string[]} the programs to run in, the extension host's first */
function nodes() {
  const host = hostFiles().node;
  return fs.existsSync(host) ? [host, process.execPath] : [process.execPath];
}

/** @param {string} node */
async function versionOf(node) {
  const run = spawnTethered({ command: node, args: ['--version'], cwd: ROOT });
  await run.exited;
  return run.logTail(1).trim();
}

const packages = await ensureNodePackages(ROOT);
if (!packages.ok) throw new Error(`${packages.missing}: ${packages.hint}`);
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const names = fs
  .readdirSync(FOLDER)
  .filter((file) => file.endsWith(`.${KIND}.ts`))
  .map((file) => file.slice(0, -`.${KIND}.ts`.length))
  .filter((name) => wanted.length === 0 || wanted.some((start) => name.startsWith(start)))
  .sort();
await bundle(names);
const results = [];
const broken = [];
for (const node of nodes()) {
  const version = await versionOf(node);
  for (const name of names) {
    console.log(`• ${name}, Node ${version}`);
    const measured = await measure(name, node);
    if (measured === undefined) broken.push(name);
    for (const { name: what, ...values } of measured ?? [])
      results.push({ name: `${what} (Node ${version})`, ...values, holds: values.value <= values.limit });
  }
}
printTable(results);
const holds = broken.length === 0 && results.length > 0 && results.every((result) => result.holds);
fs.writeFileSync(path.join(FOLDER, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
console.log(holds ? 'All limits hold.' : 'Some limits do not hold, or a benchmark failed.');
process.exit(holds ? 0 : 1);
