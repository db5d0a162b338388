// @ts-check
// Runs a command tethered to whoever started it: `node tools/tether.mjs cmd args…`. When standard input closes, as it
// does when the parent ends in whatever way (SIGKILL too), the command's whole process group is ended. Until then
// standard input is passed on to the command, and the exit code is the command's own.
import { spawn } from 'node:child_process';
import os from 'node:os';
import { endProcessGroup, killProcessGroup } from './processGroup.mjs';

const GRACE_MS = 3_000;

const [command, ...args] = process.argv.slice(2);
if (command === undefined) {
  console.error('usage: node tools/tether.mjs command [argument…]');
  process.exit(2);
}

const env = { ...process.env };
delete env.ELECTRON_RUN_AS_NODE; // set by spawnTethered when the parent is VS Code itself; not the command's business
const child = spawn(command, args, {
  env,
  stdio: ['pipe', 'inherit', 'inherit'],
  detached: process.platform !== 'win32',
});

let isEnding = false;
function end() {
  if (isEnding) return;
  isEnding = true;
  if (child.pid === undefined) return;
  endProcessGroup(child.pid);
  setTimeout(() => {
    if (child.pid !== undefined) killProcessGroup(child.pid);
    setTimeout(() => process.exit(137), 500);
  }, GRACE_MS);
}

child.on('error', (error) => {
  console.error(`cannot start ${command}: ${error.message}`);
  process.exit(127);
});
child.on('exit', (code, signal) => {
  if (child.pid !== undefined) killProcessGroup(child.pid); // what the command left behind in its group
  process.exit(code ?? 128 + (signal === null ? 0 : os.constants.signals[signal]));
});

child.stdin.on('error', () => {}); // a command that does not read its input may close it
process.stdin.on('data', (chunk) => child.stdin.write(chunk));
process.stdin.on('end', end);
process.stdin.on('close', end);
process.stdin.on('error', end);
process.stdout.on('error', () => {});
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, end);
