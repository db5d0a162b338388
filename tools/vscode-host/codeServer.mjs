// @ts-check
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { spawnTethered } from '../spawnTethered.mjs';
import { hostFiles } from './hostFiles.mjs';

const READY_LIMIT_MS = 60_000;

/**
 * @typedef {object} CodeServerOptions
 * @property {string} runDir a short path of a private folder: the socket lies in it
 * @property {string} userDataDir
 * @property {string} extensionsDir
 * @property {boolean} isTrustEnabled
 * @property {Readonly<Record<string, string | undefined>>} [env] of the extension host
 * @property {string} [logFile]
 *
 * @typedef {object} CodeServer
 * @property {string} socketPath answers without any password: for the token gate alone
 * @property {import('../spawnTethered.mjs').Tethered} process
 */

/**
 * Starts the workbench's server on a Unix socket, which no web page and no other user can reach.
 * @param {CodeServerOptions} options
 * @returns {Promise<CodeServer>}
 */
export async function startCodeServer({ runDir, userDataDir, extensionsDir, isTrustEnabled, env, logFile }) {
  const socketPath = path.join(runDir, 'w.sock');
  const server = spawnCodeServer({ runDir, userDataDir, extensionsDir, env, logFile }, [
    ...[
      '--auth',
      'none',
      '--socket',
      socketPath,
      '--socket-mode',
      '600',
      '--session-socket',
      path.join(runDir, 's.sock'),
    ],
    ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
    ...(isTrustEnabled ? [] : ['--disable-workspace-trust']),
    // without it a built workbench ignores the extensions and tests that its address names
    ...['--vscode-option', 'enable-smoke-test-driver'],
  ]);
  const end = Date.now() + READY_LIMIT_MS;
  while (!(await isHealthy(socketPath))) {
    if (server.hasExited() || Date.now() > end) {
      await server.stop();
      throw new Error(`the VS Code server did not start:\n${server.logTail()}`);
    }
    await delay(50);
  }
  return { socketPath, process: server };
}

/**
 * Installs an extension for windows that use this folder.
 * @param {{vsix: string, runDir: string, userDataDir: string, extensionsDir: string}} options
 */
export async function installVsix({ vsix, ...folders }) {
  const run = spawnCodeServer(folders, ['--install-extension', vsix, '--force']);
  const { code } = await run.exited;
  if (code !== 0) throw new Error(`installing ${vsix} failed:\n${run.logTail()}`);
}

/**
 * @param {Pick<CodeServerOptions, 'runDir' | 'userDataDir' | 'extensionsDir' | 'env' | 'logFile'>} options
 * @param {readonly string[]} args
 */
function spawnCodeServer({ runDir, userDataDir, extensionsDir, env, logFile }, args) {
  const { node, entry, isInstalled } = hostFiles();
  if (!isInstalled()) throw new Error('no VS Code host is installed: `npm test` or `npm start` installs it');
  const config = path.join(runDir, 'config.yaml');
  fs.writeFileSync(config, ''); // keeps the user's own configuration of code-server out
  return spawnTethered({
    command: node,
    args: [
      entry,
      '--config',
      config,
      '--user-data-dir',
      userDataDir,
      '--extensions-dir',
      extensionsDir,
      ...args,
    ],
    env: {
      ...env,
      EXTENSIONS_GALLERY: '{}', // no calls to a gallery
      ...{
        VSCODE_IPC_HOOK_CLI: undefined,
        PORT: undefined,
        PASSWORD: undefined,
        HASHED_PASSWORD: undefined,
        CODE_SERVER_CONFIG: undefined,
      },
    },
    logFile,
  });
}

/**
 * @param {string} socketPath
 * @returns {Promise<boolean>}
 */
function isHealthy(socketPath) {
  return new Promise((resolve) => {
    const request = http.get({ socketPath, path: '/healthz', timeout: 2_000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}
