// @ts-check
// `npm start`: the whole story on this machine, from one command. A Jaeger, the sample inference service that sends its traces
// there, and VS Code with Whyspan on the sample's code. Ctrl-C ends what this started.
import path from 'node:path';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';
import { cacheDir } from './bootstrap/cacheDir.mjs';
import { ensureNodePackages } from './bootstrap/nodePackages.mjs';
import { say } from './bootstrap/say.mjs';
import { findOrStartJaeger } from './start/findOrStartJaeger.mjs';
import { openVscode } from './start/openVscode.mjs';
import { startService } from './start/startService.mjs';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const dataDir = path.join(cacheDir(), 'start');

/** @type {Array<() => Promise<void>>} */
const stops = [];
let isEnding = false;

/** @param {number} code */
async function end(code) {
  if (isEnding) process.exit(code || 130); // Ctrl-C twice: at once; the tethers end the rest
  isEnding = true;
  say('ending what was started');
  await Promise.allSettled(stops.map((stop) => stop()));
  process.exit(code);
}
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => void end(0));

/**
 * @template T
 * @param {import('./bootstrap/stepResult.mjs').StepResult<T>} result
 * @param {string} consequence
 */
function orSay(result, consequence) {
  if (result.ok) return result;
  say(`${result.missing} is missing: ${result.hint}. ${consequence}`);
  return undefined;
}

async function main() {
  process.chdir(ROOT);
  const packages = await ensureNodePackages(ROOT);
  if (!packages.ok) throw new Error(`${packages.missing}: ${packages.hint}`);
  say('building the extension');
  const { build } = await import('./build.mjs');
  await build();

  const jaeger = orSay(await findOrStartJaeger(), 'Going on without: add a connection in VS Code.');
  if (jaeger) stops.unshift(jaeger.stop);
  const started =
    jaeger &&
    orSay(
      await startService(jaeger, path.join(dataDir, 'inference.log')),
      'Going on without the sample service.',
    );
  if (started) stops.unshift(started.service.stop);
  const vscode = orSay(
    await openVscode({ root: ROOT, dataDir, jaegerUrl: jaeger?.url ?? 'http://127.0.0.1:16686' }),
    '',
  );
  if (!vscode) return end(1);
  stops.unshift(vscode.stop);
  vscode.exited?.then(() => {
    if (isEnding) return;
    say('the VS Code server has ended');
    void end(1);
  });

  if (started)
    say(
      'type  slow · fast  (the storage),  worse · better  (the model),  help,  and Enter, to change how the service does',
    );
  say('Ctrl-C ends everything');
  const lines = readline.createInterface({ input: process.stdin });
  lines.on('line', (line) => (line.trim() === 'quit' ? void end(0) : started?.service.command(line)));
  process.stdin.on('end', () => {}); // no terminal: goes on until a signal comes
  setInterval(() => {}, 1 << 30); // a desktop VS Code and a Jaeger that ran before leave nothing else to wait for
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  void end(1);
});
