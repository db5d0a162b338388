// @ts-check
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runLogged } from '../bootstrap/runLogged.mjs';
import { spawnTethered } from '../spawnTethered.mjs';

const STAND_IN = path.join(path.dirname(fileURLToPath(import.meta.url)), 'vscodeHost.mjs');

/** Whether the tests run in a desktop VS Code: VSCODE_EXECUTABLE names one, or is `download`. */
export const isDesktop = () => Boolean(process.env.VSCODE_EXECUTABLE);

/**
 * @typedef {object} Launch
 * @property {string | undefined} opened
 * @property {string} userDataDir
 * @property {string} extensionsDir
 * @property {string} extensionDevelopmentPath
 * @property {string} extensionTestsPath
 * @property {boolean} isTrustEnabled
 * @property {Record<string, string>} env
 */

/**
 * Runs tests in VS Code: the stand-in, or the desktop one that the user named.
 * @param {Launch} launch
 * @returns {Promise<number>} exit code
 */
export async function launchVscode({ opened, userDataDir, extensionsDir, isTrustEnabled, env, ...paths }) {
  const launchArgs = [
    ...(opened === undefined ? [] : [opened]),
    `--user-data-dir=${userDataDir}`,
    `--extensions-dir=${extensionsDir}`,
  ];
  const executable = await vscodeExecutable();
  if (isTrustEnabled && isDesktop()) return launchTrusting(executable, launchArgs, paths, env);
  const { runTests } = await import('@vscode/test-electron');
  try {
    return await runTests({ vscodeExecutablePath: executable, launchArgs, extensionTestsEnv: env, ...paths });
  } catch (error) {
    return Number(/** @type {{code?: unknown}} */ (error).code) || 1;
  }
}

/**
 * Installs the extension under test for the folders of one run.
 * @param {{vsix: string, userDataDir: string, extensionsDir: string}} options
 */
export async function installExtension({ vsix, userDataDir, extensionsDir }) {
  const args = [
    `--install-extension=${vsix}`,
    `--user-data-dir=${userDataDir}`,
    `--extensions-dir=${extensionsDir}`,
  ];
  const what = `installing ${path.basename(vsix)}`;
  const command = isDesktop() ? await desktopCli() : process.execPath;
  const { ok } = await runLogged({ what, command, args: isDesktop() ? args : [STAND_IN, ...args] });
  if (!ok) throw new Error(`${what} failed`);
}

/** @returns {Promise<string>} */
async function vscodeExecutable() {
  const named = process.env.VSCODE_EXECUTABLE;
  if (!named) return STAND_IN;
  if (named !== 'download') return named;
  const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
  return downloadAndUnzipVSCode();
}

async function desktopCli() {
  const { resolveCliPathFromVSCodeExecutablePath } = await import('@vscode/test-electron');
  return resolveCliPathFromVSCodeExecutablePath(await vscodeExecutable());
}

/**
 * runTests() always passes --disable-workspace-trust: on a desktop a run with trust on is started without its help.
 * @param {string} executable
 * @param {readonly string[]} launchArgs
 * @param {{extensionDevelopmentPath: string, extensionTestsPath: string}} paths
 * @param {Record<string, string>} env
 */
async function launchTrusting(executable, launchArgs, paths, env) {
  const args = [
    ...launchArgs,
    ...[
      '--no-sandbox',
      '--disable-gpu-sandbox',
      '--disable-updates',
      '--skip-welcome',
      '--skip-release-notes',
    ],
    ...[
      `--extensionTestsPath=${paths.extensionTestsPath}`,
      `--extensionDevelopmentPath=${paths.extensionDevelopmentPath}`,
    ],
  ];
  return (await spawnTethered({ command: executable, args, env }).exited).code;
}
