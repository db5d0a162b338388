// @ts-check
// `npm start`: the whole story on this machine, from one command. The sample inference service, and VS Code with Whyspan on the
// sample's code, which receives its traces: straight, or with `-- --jaeger` through a real Jaeger. Ctrl-C ends what this started.
import path from 'node:path';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';
import { cacheDir } from './bootstrap/cacheDir.mjs';
import { ensureNodePackages } from './bootstrap/nodePackages.mjs';
import { say } from './bootstrap/say.mjs';
import { writeDemoWorkspace } from './start/demoWorkspace.mjs';
import { openVscode } from './start/openVscode.mjs';
import { parseStartOptions } from './start/startOptions.mjs';
import { wayIntoEditor, wayThroughJaeger } from './start/storyWays.mjs';
import { tellStory } from './start/tellStory.mjs';

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

/** @param {boolean} isJaegerWanted */
async function chooseWay(isJaegerWanted) {
  const found =
    isJaegerWanted && orSay(await wayThroughJaeger(dataDir), 'Going on without: the window itself receives.');
  return found ? found.way : wayIntoEditor(dataDir);
}

/** @param {import('./start/storyWays.mjs').Way} way */
async function open({ workspaceName: name, settings }) {
  const workspace = writeDemoWorkspace({ root: ROOT, dataDir, name, settings });
  const vscode = orSay(await openVscode({ root: ROOT, dataDir, workspace }), '');
  if (!vscode) return end(1);
  stops.unshift(vscode.stop);
  vscode.exited?.then(() => {
    if (isEnding) return;
    say('the VS Code server has ended');
    void end(1);
  });
}

async function main() {
  const options = parseStartOptions(process.argv.slice(2), process.env);
  process.chdir(ROOT);
  const packages = await ensureNodePackages(ROOT);
  if (!packages.ok) throw new Error(`${packages.missing}: ${packages.hint}`);
  say('building the extension');
  const { build } = await import('./build.mjs');
  await build();

  const way = await chooseWay(options.isJaegerWanted);
  stops.unshift(way.stop);
  const telling = tellStory({ startService: way.startService, timetable: options.timetable }).then((told) => {
    const { story } = orSay(told, 'Going on without the sample service.') ?? {};
    if (story) stops.unshift(story.stop);
    return story;
  });
  const [story] = await Promise.all([telling, open(way)]);

  if (story)
    say(
      'type  slow · fast  (the storage),  worse · better  (the model),  help,  and Enter, to change how the service does',
    );
  say('Ctrl-C ends everything');
  const lines = readline.createInterface({ input: process.stdin });
  lines.on('line', (line) => (line.trim() === 'quit' ? void end(0) : story?.command(line)));
  process.stdin.on('end', () => {}); // no terminal: goes on until a signal comes
  setInterval(() => {}, 1 << 30); // a desktop VS Code and a Jaeger that ran before leave nothing else to wait for
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  void end(1);
});
