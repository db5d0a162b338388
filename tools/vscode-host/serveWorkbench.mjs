// @ts-check
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freeTcpPort } from '../jaeger/freePorts.mjs';
import { startCodeServer } from './codeServer.mjs';
import { writeHostSettings } from './hostSettings.mjs';
import { openTokenGate } from './tokenGate.mjs';
import { workbenchAddress } from './workbenchAddress.mjs';

const USUAL_PORT = 13_337; // the same one each time: a browser keeps the window's layout by it

/**
 * Serves a window without tests, for people: on 127.0.0.1, to whoever has the address with its token.
 * @param {object} options
 * @param {string} options.opened a folder or a .code-workspace file
 * @param {string} options.shownFile opened in an editor, as `file:line`
 * @param {string} options.extensionDevelopmentPath
 * @param {string} options.dataDir kept between runs
 * @returns {Promise<{url: string, exited: Promise<unknown>, stop: () => Promise<void>}>}
 */
export async function serveWorkbench({ opened, shownFile, extensionDevelopmentPath, dataDir }) {
  const runDir = fs.mkdtempSync(path.join(os.tmpdir(), 'wh-'));
  const userDataDir = path.join(dataDir, 'user-data');
  const extensionsDir = path.join(dataDir, 'extensions');
  fs.mkdirSync(extensionsDir, { recursive: true });
  writeHostSettings(userDataDir);
  const logFile = path.join(dataDir, 'code-server.log');
  fs.rmSync(logFile, { force: true });
  const server = await startCodeServer({
    runDir,
    userDataDir,
    extensionsDir,
    isTrustEnabled: false,
    logFile,
  });
  const token = randomBytes(24).toString('base64url');
  let landing = '/';
  const target = () => ({ socketPath: server.socketPath, landing });
  const gate = await openTokenGate({ token, port: (await freeTcpPort(USUAL_PORT)) ?? 0, target });
  landing = workbenchAddress(gate.authority, {
    opened,
    extensionDevelopmentPaths: [extensionDevelopmentPath],
    shownFile,
  });
  return {
    url: gate.url,
    exited: server.process.exited,
    stop: async () => {
      gate.close();
      await server.process.stop();
      fs.rmSync(runDir, { recursive: true, force: true });
    },
  };
}
