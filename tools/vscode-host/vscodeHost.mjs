#!/usr/bin/env node
// @ts-check
// Stands in for the desktop `code` program: @vscode/test-electron's runTests() takes its path as vscodeExecutablePath. The
// arguments of a test run are carried out in code-server's workbench (shown by a headless Chromium) and its extension host.
// Environment: WHYSPAN_HOST_TRUST=on, WHYSPAN_HOST_TIMEOUT_MS, WHYSPAN_HOST_ARTIFACTS (logs; a picture after a timeout).
// Exit code: the suite's; 124 when the time is over, 1 for whatever else ends a run. That a crashed extension host can
// look like success is runHostSuite's business: it demands the suite's own result.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { installVsix } from './codeServer.mjs';
import { parseHostArguments } from './hostArguments.mjs';
import { writeHostSettings } from './hostSettings.mjs';
import { runTestWindow } from './runTestWindow.mjs';

const args = parseHostArguments(process.argv.slice(2));
if (args.isVersionAsked) {
  console.log('whyspan stand-in host');
  process.exit(0);
}

const runDir = fs.mkdtempSync(path.join(os.tmpdir(), 'wh-'));
process.on('exit', () => fs.rmSync(runDir, { recursive: true, force: true }));
const userDataDir = args.userDataDir ?? path.join(runDir, 'user-data');
const extensionsDir = args.extensionsDir ?? path.join(runDir, 'extensions');
fs.mkdirSync(extensionsDir, { recursive: true });

if (args.vsix !== undefined) {
  await installVsix({ vsix: args.vsix, runDir, userDataDir, extensionsDir });
  process.exit(0);
}
if (args.extensionTestsPath === undefined) {
  console.error('vscodeHost: --extensionTestsPath or --install-extension is needed');
  process.exit(2);
}
const isTrustEnabled = process.env.WHYSPAN_HOST_TRUST === 'on';
writeHostSettings(userDataDir, { isTrustEnabled });
const code = await runTestWindow({
  window: {
    opened: args.opened[0],
    extensionDevelopmentPaths: args.extensionDevelopmentPaths,
    extensionTestsPath: args.extensionTestsPath,
  },
  runDir,
  userDataDir,
  extensionsDir,
  isTrustEnabled,
  artifactsDir: process.env.WHYSPAN_HOST_ARTIFACTS ?? userDataDir,
  timeoutMs: Number(process.env.WHYSPAN_HOST_TIMEOUT_MS ?? 180_000),
});
process.exit(code);
