// @ts-check
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { findChromium } from '../bootstrap/chromium.mjs';
import { bridgeActions } from './bridgeActions.mjs';
import { openBridge } from './bridgeServer.mjs';
import { startCodeServer } from './codeServer.mjs';
import { openTestWindow } from './testWindow.mjs';
import { openTokenGate } from './tokenGate.mjs';
import { workbenchAddress } from './workbenchAddress.mjs';

const CLOSE_LIMIT_MS = 8_000;

/**
 * @typedef {object} TestRun
 * @property {import('./workbenchAddress.mjs').WorkbenchWindow} window
 * @property {string} runDir
 * @property {string} userDataDir
 * @property {string} extensionsDir
 * @property {boolean} isTrustEnabled
 * @property {string} artifactsDir
 * @property {number} timeoutMs for all of it
 */

/**
 * Opens a window that runs tests, and waits for their end.
 * @param {TestRun} run
 * @returns {Promise<number>} the exit code; everything that was started has ended then
 */
export async function runTestWindow(run) {
  fs.mkdirSync(run.artifactsDir, { recursive: true });
  /** @type {Array<() => unknown>} */
  const closers = [];
  let isOver = false;
  const outcome = await new Promise((resolve) => {
    const end = (/** @type {number} */ code, /** @type {string} */ why = '') => {
      isOver = true;
      resolve({ code, why });
    };
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
      process.on(signal, () => end(130, signal));
    process.stdin
      .on('end', () => end(130, 'the test runner is gone'))
      .on('error', () => {})
      .resume();
    process.on('uncaughtException', (error) => end(1, error.stack));
    process.on('unhandledRejection', (error) => end(1, error instanceof Error ? error.stack : String(error)));
    setTimeout(
      () =>
        end(
          124,
          `no result after ${run.timeoutMs} ms; the window is pictured in ${path.join(run.artifactsDir, 'last.png')}`,
        ),
      run.timeoutMs,
    );
    open(run, closers, end).catch(
      (error) => isOver || end(1, error instanceof Error ? error.stack : String(error)),
    );
  });
  if (outcome.why) console.error(`vscodeHost: ${outcome.why}`);
  const limit = new Promise((resolve) => setTimeout(resolve, CLOSE_LIMIT_MS).unref());
  await Promise.race([closeAll(closers), limit]);
  return outcome.code;
}

/**
 * @param {TestRun} run
 * @param {Array<() => unknown>} closers in the order of opening
 * @param {(code: number, why?: string) => void} end
 */
async function open(run, closers, end) {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('no Chromium: install it, or set CHROMIUM to its path');
  /** @type {Record<string, (options: any) => Promise<unknown>>} */
  let actions = {};
  const bridge = await openBridge(() => actions);
  closers.push(bridge.close);
  const server = await startCodeServer({
    ...run,
    env: { WHYSPAN_BRIDGE_URL: bridge.url, WHYSPAN_BRIDGE_TOKEN: bridge.token },
    logFile: path.join(run.artifactsDir, 'code-server.log'),
  });
  closers.push(server.process.stop);
  server.process.exited.then(({ code }) => end(1, `the VS Code server ended early, with code ${code}`));
  let landing = '/';
  const token = randomBytes(24).toString('base64url');
  const gate = await openTokenGate({ token, target: () => ({ socketPath: server.socketPath, landing }) });
  closers.push(gate.close);
  landing = workbenchAddress(gate.authority, run.window);

  const window = await openTestWindow({
    executablePath,
    profileDir: path.join(run.runDir, 'chromium'),
    logFile: path.join(run.artifactsDir, 'workbench.log'),
    onExit: (code) => end(code),
    onCrash: () => end(1, 'the page crashed'),
  });
  closers.push(window.close, () =>
    window.page.screenshot({ path: path.join(run.artifactsDir, 'last.png'), timeout: 3_000 }),
  );
  actions = bridgeActions(window);
  await window.page.goto(gate.url, { timeout: 60_000 });
}

/** @param {Array<() => unknown>} closers */
async function closeAll(closers) {
  for (const close of closers.reverse()) {
    try {
      await close();
    } catch {
      // half open, or gone already
    }
  }
}
