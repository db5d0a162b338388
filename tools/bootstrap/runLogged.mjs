// @ts-check
import { spawnTethered } from '../spawnTethered.mjs';
import { say } from './say.mjs';

const SIGN_OF_LIFE_MS = 30_000;

/**
 * @typedef {object} RunOptions
 * @property {string} what for people: 'installing Chromium'
 * @property {string} command
 * @property {readonly string[]} args
 * @property {string} [cwd]
 * @property {Readonly<Record<string, string | undefined>>} [env]
 * @property {string} [logFile]
 * @property {boolean} [isFailureExpected] the caller has another way: what it printed is not shown
 */

/**
 * Runs a long command quietly: a sign of life every 30 s, and what it printed only when it fails.
 * @param {RunOptions} options
 * @returns {Promise<{ok: boolean, output: string}>}
 */
export async function runLogged({ what, isFailureExpected = false, ...options }) {
  const startMs = Date.now();
  const child = spawnTethered(options);
  const alive = setInterval(
    () => say(`${what}: still running after ${Math.round((Date.now() - startMs) / 1000)} s`),
    SIGN_OF_LIFE_MS,
  );
  const { code } = await child.exited;
  clearInterval(alive);
  const output = child.logTail(2_000);
  if (code !== 0 && !isFailureExpected) {
    showFailure(
      `${what} failed with code ${code}${options.logFile ? ` (log: ${options.logFile})` : ''}`,
      output,
    );
  }
  return { ok: code === 0, output };
}

/**
 * @param {string} what
 * @param {string} output shown without its middle: some tools name the cause first, others last
 */
export function showFailure(what, output) {
  const lines = output.split('\n');
  const shown = lines.length <= 60 ? lines : [...lines.slice(0, 20), '…', ...lines.slice(-40)];
  console.error(`${what}:\n${shown.join('\n')}`);
}
