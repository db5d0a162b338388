// @ts-check
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readTally } from './mocha/readTally.mjs';
import { followFile } from './vscode-host/followFile.mjs';
import { writeHostSettings } from './vscode-host/hostSettings.mjs';
import { installExtension, isDesktop, launchVscode } from './vscode-host/launchVscode.mjs';
import { openWorkspace } from './vscode-host/openWorkspace.mjs';

const TOOLS = path.dirname(fileURLToPath(import.meta.url));
const ROOT = path.dirname(TOOLS);
const GIVING_UP_MS = 60_000; // more than the run's own limit: its end has failed too
const THEMES = {
  dark: 'Dark Modern',
  light: 'Light Modern',
  hcDark: 'Default High Contrast',
  hcLight: 'Default High Contrast Light',
};

/**
 * @typedef {object} HostSuite
 * @property {string} name such as `host/explorer`: names its folder below test/artifacts
 * @property {readonly string[]} suite compiled test files (CommonJS)
 * @property {string} [workspace] a folder or .code-workspace file, copied for the run; default: an empty folder
 * @property {boolean} [isInPlace] open the workspace itself, not a copy
 * @property {Readonly<Record<string, string>>} [env] of the extension host
 * @property {Readonly<Record<string, unknown>>} [settings] the user's
 * @property {'on' | 'off'} [trust] on: workspace trust is switched on and the workspace is not trusted; default: off
 * @property {'dark' | 'light' | 'hcDark' | 'hcLight'} [theme] default: dark
 * @property {string} [vsix] the extension is installed from this file, not run from its folder
 * @property {string} [extensionDevelopmentPath] default: the project, or the empty driver with `vsix`
 * @property {number} [timeoutMs] for the whole run; default: three minutes
 */

/**
 * Runs one suite inside a real VS Code. A crash, a hang or a broken-off run counts as a failure.
 * @param {HostSuite} options
 * @returns {Promise<import('./mocha/readTally.mjs').Tally>}
 */
export async function runHostSuite(options) {
  const { name, vsix, timeoutMs = 180_000, trust = 'off' } = options;
  const artifactsDir = path.join(ROOT, 'test', 'artifacts', name);
  fs.rmSync(artifactsDir, { recursive: true, force: true });
  fs.mkdirSync(artifactsDir, { recursive: true });
  const scratch = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'ws-'))); // short: sockets lie in it
  const clear = () => fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
  process.on('exit', clear); // Ctrl-C in the middle
  const userDataDir = path.join(scratch, 'data');
  const extensionsDir = path.join(scratch, 'extensions');
  fs.mkdirSync(extensionsDir);
  const resultFile = path.join(artifactsDir, 'result.json');
  const outFile = path.join(artifactsDir, 'output.txt');
  const unfollow = followFile(outFile, (text) => process.stdout.write(text));
  let reason = '';
  try {
    const settings = { 'workbench.colorTheme': THEMES[options.theme ?? 'dark'], ...options.settings };
    writeHostSettings(userDataDir, { settings, isTrustEnabled: trust === 'on' });
    if (vsix !== undefined) await installExtension({ vsix, userDataDir, extensionsDir });
    const launch = launchVscode({
      opened: openWorkspace(options.workspace, path.join(scratch, 'workspace'), options.isInPlace === true),
      userDataDir,
      extensionsDir,
      extensionDevelopmentPath:
        options.extensionDevelopmentPath ??
        (vsix === undefined ? ROOT : path.join(TOOLS, 'vscode-host', 'driver')),
      extensionTestsPath: path.join(TOOLS, 'vscode-host', 'mochaSuite.cjs'),
      isTrustEnabled: trust === 'on',
      env: {
        WHYSPAN_ROOT: ROOT,
        WHYSPAN_ARTIFACTS: artifactsDir,
        WHYSPAN_USER_DATA: userDataDir,
        WHYSPAN_SUITE_FILES: JSON.stringify(options.suite),
        WHYSPAN_TALLY_OUT: outFile,
        WHYSPAN_TALLY_RESULT: resultFile,
        WHYSPAN_HOST_TRUST: trust,
        WHYSPAN_HOST_TIMEOUT_MS: String(timeoutMs),
        WHYSPAN_HOST_ARTIFACTS: artifactsDir,
        ...(isDesktop() ? { WHYSPAN_SUITE_LIMIT_MS: String(timeoutMs) } : {}),
        ...options.env,
      },
    });
    reason = `exit code ${await withLimit(launch, timeoutMs + GIVING_UP_MS)}`;
  } catch (error) {
    reason = error instanceof Error ? error.message : String(error);
  }
  unfollow();
  const tally = readTally(resultFile, name, reason);
  if (!tally.isFinished)
    console.error(
      `${name}: ${tally.failures.at(-1)?.message}\n${logTail(path.join(artifactsDir, 'workbench.log'))}`,
    );
  process.off('exit', clear);
  clear();
  return tally;
}

/**
 * @template T
 * @param {Promise<T>} promise
 * @param {number} limitMs
 * @returns {Promise<T>}
 */
function withLimit(promise, limitMs) {
  /** @type {NodeJS.Timeout} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`VS Code did not end within ${limitMs} ms`)), limitMs);
  });
  return Promise.race([promise, /** @type {Promise<never>} */ (late)]).finally(() => clearTimeout(timer));
}

/** @param {string} file */
function logTail(file) {
  if (!fs.existsSync(file)) return '';
  const lines = fs.readFileSync(file, 'utf8').split('\n');
  return lines
    .filter((line) => line !== '' && !/^\s+at /.test(line))
    .slice(-20)
    .map((line) => line.slice(0, 300))
    .join('\n');
}
