// @ts-check
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { LineLog } from './lineLog.mjs';

const TETHER = path.join(path.dirname(fileURLToPath(import.meta.url)), 'tether.mjs');
const STOP_LIMIT_MS = 6_000; // the tether kills what does not end within 3 s

/**
 * @typedef {object} TetheredOptions
 * @property {string} command
 * @property {readonly string[]} [args]
 * @property {string} [cwd]
 * @property {Readonly<Record<string, string | undefined>>} [env] added to this process's environment; undefined removes
 * @property {string} [logFile] everything the command prints is appended here
 * @property {(line: string) => void} [onLine] sees each line as it is printed
 *
 * @typedef {object} Exit
 * @property {number} code 128 + n when ended by signal n, 127 when it could not be started
 *
 * @typedef {object} Tethered
 * @property {number} pid of the tether, not of the command
 * @property {Promise<Exit>} exited never rejects
 * @property {() => boolean} hasExited
 * @property {(text: string) => void} write to the command's standard input
 * @property {(pattern: RegExp, timeoutMs: number) => Promise<RegExpExecArray>} waitForLine also matches lines printed
 *   already; rejects, with the log's tail, when the command ends or the time is over
 * @property {(lines?: number) => string} logTail
 * @property {() => Promise<void>} stop resolves when the command has ended
 */

/**
 * Starts a command that can't outlive this process, however this process ends.
 * @param {TetheredOptions} options
 * @returns {Tethered}
 */
export function spawnTethered(options) {
  const child = spawn(process.execPath, [TETHER, options.command, ...(options.args ?? [])], {
    cwd: options.cwd,
    env: {
      ...process.env,
      ...options.env,
      ...(process.versions.electron ? { ELECTRON_RUN_AS_NODE: '1' } : {}),
    },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32', // Ctrl-C in the terminal reaches us alone: we decide the order of ending
  });
  const log = new LineLog(openLog(options.logFile), options.onLine);
  child.stdout.on('data', (chunk) => log.append(chunk));
  child.stderr.on('data', (chunk) => log.append(chunk));
  child.stdin.on('error', () => {}); // the command has ended: `exited` tells
  let hasExited = false;
  /** @type {Promise<Exit>} */
  const exited = new Promise((resolve) => {
    child.on('error', (error) => log.append(`${error.message}\n`));
    const finish = (/** @type {number | null} */ code) => {
      if (hasExited) return;
      hasExited = true;
      log.end(`${path.basename(options.command)} ended with code ${code}`);
      resolve({ code: code ?? 1 });
    };
    child.on('close', finish);
    child.on('exit', (code) => setTimeout(() => finish(code), 500)); // a daemon it left behind may hold the pipes open
  });

  return {
    pid: child.pid ?? -1,
    exited,
    hasExited: () => hasExited,
    write: (text) => void child.stdin.write(text),
    waitForLine: (pattern, timeoutMs) => log.waitFor(pattern, timeoutMs),
    logTail: (lines = 30) => log.tail(lines),
    stop: async () => {
      child.stdin.end();
      const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
      await exited;
      clearTimeout(limit);
    },
  };
}

/**
 * @param {string | undefined} file
 * @returns {number | undefined}
 */
function openLog(file) {
  if (file === undefined) return undefined;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  return fs.openSync(file, 'a');
}
