// @ts-check
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { findOnPath } from '../bootstrap/findOnPath.mjs';
import { say } from '../bootstrap/say.mjs';
import { installHost } from '../vscode-host/installHost.mjs';
import { serveWorkbench } from '../vscode-host/serveWorkbench.mjs';

/**
 * Opens the sample in VS Code with the extension running from this project: the desktop program when `code` is on PATH, else
 * in the browser.
 * @param {{root: string, dataDir: string, workspace: string}} options
 * @returns {Promise<import('../bootstrap/stepResult.mjs').StepResult<{stop: () => Promise<void>, exited?: Promise<unknown>}>>}
 */
export async function openVscode({ root, dataDir, workspace }) {
  const shownFile = annotatedLine(path.join(root, 'examples', 'inference', 'inference.py'));
  const code = process.env.WHYSPAN_START === 'browser' ? undefined : findOnPath('code');
  if (code !== undefined) {
    const args = [
      '--new-window',
      '--disable-workspace-trust',
      `--extensionDevelopmentPath=${root}`,
      workspace,
      '--goto',
      shownFile,
    ];
    spawn(code, args, { stdio: 'ignore', detached: true, shell: process.platform === 'win32' })
      .on('error', () => {})
      .unref();
    say('VS Code opens with the sample; its window is yours to close');
    return { ok: true, stop: async () => {} };
  }
  const host = await installHost();
  if (!host.ok) return host;
  const { url, exited, stop } = await serveWorkbench({
    opened: workspace,
    shownFile,
    extensionDevelopmentPath: root,
    dataDir,
  });
  say(
    'no `code` on PATH: VS Code runs in the browser. Open this address (it is a key: who has it has your files):',
  );
  console.log(`\n    ${url}\n`);
  openBrowser(url);
  return { ok: true, exited, stop };
}

/**
 * Where Whyspan writes first: nobody should have to look for it.
 * @param {string} file
 * @returns {string} `file:line`
 */
function annotatedLine(file) {
  const lines = fs.readFileSync(file, 'utf8').split('\n');
  return `${file}:${lines.findIndex((line) => line.includes('start_as_current_span(')) + 1}`;
}

/**
 * Where there is a screen; elsewhere the printed address must do.
 * @param {string} url
 */
function openBrowser(url) {
  const opener = { darwin: ['open'], win32: ['cmd', '/c', 'start', '""'] }[
    /** @type {string} */ (process.platform)
  ] ?? ['xdg-open'];
  const hasScreen = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  const command = opener[0];
  if (!hasScreen || command === undefined) return;
  spawn(command, [...opener.slice(1), url], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}
