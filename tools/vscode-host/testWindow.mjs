// @ts-check
import fs from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import { chromium } from 'playwright-core';

/**
 * @typedef {object} TestWindow
 * @property {import('playwright-core').Page} page
 * @property {ReadonlyArray<{type: string, text: string}>} messages what the page and its frames wrote to their consoles
 * @property {() => Promise<void>} close
 *
 * @typedef {object} TestWindowOptions
 * @property {string} executablePath Chromium
 * @property {string} profileDir
 * @property {string} logFile the workbench's own log and the page's console go here
 * @property {(code: number) => void} onExit the workbench says that the test run has ended
 * @property {() => void} onCrash
 */

/**
 * Opens the headless browser window that shows the workbench.
 * @param {TestWindowOptions} options
 * @returns {Promise<TestWindow>}
 */
export async function openTestWindow({ executablePath, profileDir, logFile, onExit, onCrash }) {
  const browser = await chromium.launchPersistentContext(profileDir, {
    executablePath,
    headless: true,
    viewport: { width: 1280, height: 800 },
    deviceScaleFactor: 1,
    handleSIGINT: false, // vscodeHost.mjs closes it, in its own order
    handleSIGTERM: false,
    handleSIGHUP: false,
    permissions: ['clipboard-read', 'clipboard-write'],
    args: [
      ...[
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
      ],
      ...['--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
      '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1', // the window reaches nothing but this machine
    ],
  });
  const page = browser.pages()[0] ?? (await browser.newPage());
  const log = (/** @type {string} */ line) => fs.appendFileSync(logFile, `${line}\n`);
  /** @type {Array<{type: string, text: string}>} */
  const messages = [];
  const note = (/** @type {string} */ type, /** @type {string} */ text) => {
    if (messages.length < 5_000) messages.push({ type, text });
    if (type === 'error' || type === 'pageerror') log(`[page ${type}] ${text}`);
  };
  page.on('console', (message) => note(message.type(), message.text()));
  page.on('pageerror', (error) => note('pageerror', error.stack ?? error.message));
  page.on('crash', onCrash);
  // two functions that the workbench calls when it runs tests under its smoke test driver
  await page.exposeFunction(
    'codeAutomationLog',
    (/** @type {string} */ type, /** @type {unknown[]} */ args) => log(`[${type}] ${format(...args)}`),
  );
  await page.exposeFunction(
    'codeAutomationExit',
    (/** @type {number} */ code, /** @type {AutomationLog[] | undefined} */ logs) => {
      for (const { relativePath, contents } of logs ?? [])
        writeBelow(path.join(path.dirname(logFile), 'vscode-logs'), relativePath, contents);
      onExit(code);
    },
  );
  return { page, messages, close: () => browser.close() };
}

/** @typedef {{relativePath: string, contents: string}} AutomationLog */

/**
 * @param {string} folder
 * @param {string} relativePath
 * @param {string} contents
 */
function writeBelow(folder, relativePath, contents) {
  const file = path.join(folder, relativePath);
  if (!file.startsWith(folder + path.sep)) return;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, contents);
}
