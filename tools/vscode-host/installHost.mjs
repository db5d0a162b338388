// @ts-check
import fs from 'node:fs';
import path from 'node:path';
import { withLock } from '../bootstrap/lockFolder.mjs';
import { npm } from '../bootstrap/nodePackages.mjs';
import { runLogged } from '../bootstrap/runLogged.mjs';
import { say } from '../bootstrap/say.mjs';
import { missing } from '../bootstrap/stepResult.mjs';
import { CODE_SERVER_VERSION, hostFiles, NODE_VERSION } from './hostFiles.mjs';
import { replaceNativeModules } from './nativeModules.mjs';

const PLATFORMS = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64']; // linux-x64 is the one that is tested

/**
 * Installs a real VS Code without its desktop program: code-server's workbench and the Node it wants, both from npm.
 * 45 s and 570 MB, once a machine. It is made aside and renamed, so that a run killed in the middle leaves nothing.
 * @returns {Promise<import('../bootstrap/stepResult.mjs').StepResult<{folder: string}>>}
 */
export async function installHost() {
  const { folder, isInstalled } = hostFiles();
  if (isInstalled()) return { ok: true, folder };
  const platform = `${process.platform}-${process.arch}`;
  if (!PLATFORMS.includes(platform))
    return missing(
      'VS Code',
      `set VSCODE_EXECUTABLE (or =download): the stand-in does not run on ${platform}`,
    );
  return withLock(`${folder}.lock`, async () => {
    if (isInstalled()) return { ok: true, folder };
    say(
      `installing a VS Code for tests and demonstration (code-server ${CODE_SERVER_VERSION}, about a minute)`,
    );
    const unfinished = `${folder}.unfinished`;
    fs.rmSync(unfinished, { recursive: true, force: true });
    fs.mkdirSync(unfinished, { recursive: true });
    if (!(await installInto(unfinished, platform, `${folder}.log`)))
      return missing('VS Code', `code-server could not be installed; see ${folder}.log`);
    fs.rmSync(folder, { recursive: true, force: true });
    fs.renameSync(unfinished, folder);
    return { ok: true, folder };
  });
}

/**
 * What code-server's own installation does, without compiling native modules.
 * @param {string} folder
 * @param {string} platform
 * @param {string} logFile
 */
async function installInto(folder, platform, logFile) {
  fs.writeFileSync(
    path.join(folder, 'package.json'),
    '{"name": "vscode-host", "private": true, "version": "0.0.0"}\n',
  );
  // without the project's npm settings, which would come along as npm_config_… when npm itself runs us
  const env = {
    ...withoutNpmSettings(),
    PATH: `${path.join(folder, 'node_modules', '.bin')}${path.delimiter}${process.env.PATH ?? ''}`,
  };
  const vscode = path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  const extensions = path.join(vscode, 'extensions');
  const install = (/** @type {string} */ cwd, /** @type {string[]} */ ...args) =>
    runLogged({
      what: 'npm install (VS Code host)',
      ...npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...args]),
      cwd,
      env,
      logFile,
    });

  if (!(await install(folder, `node-${platform}@${NODE_VERSION}`, `code-server@${CODE_SERVER_VERSION}`)).ok)
    return false;
  if (!(await install(vscode, '--omit=dev')).ok) return false;
  if (!(await install(extensions, '--omit=dev')).ok) return false;
  const node = path.join(folder, 'node_modules', '.bin', 'node');
  if (
    !(
      await runLogged({
        what: 'extensions/postinstall.mjs',
        command: node,
        args: ['postinstall.mjs'],
        cwd: extensions,
        env,
        logFile,
      })
    ).ok
  )
    return false;
  const system = platform.startsWith('darwin') ? 'darwin' : 'linux';
  link(`code-${system}.sh`, path.join(vscode, 'bin', 'remote-cli', 'code-server'));
  link(`browser-${system}.sh`, path.join(vscode, 'bin', 'helpers', 'browser.sh'));
  replaceNativeModules(path.join(vscode, 'node_modules'));
  for (const unneeded of ['node_modules/@github', 'node_modules/@microsoft/mxc-sdk', 'extensions/copilot']) {
    fs.rmSync(path.join(vscode, unneeded), { recursive: true, force: true }); // 230 MB
  }
  return true;
}

function withoutNpmSettings() {
  return Object.fromEntries(
    Object.keys(process.env)
      .filter((name) =>
        /^npm_(config_(local_prefix|prefix|omit|include|ignore_scripts|package_lock)|lifecycle|package)/i.test(
          name,
        ),
      )
      .map((name) => [name, undefined]),
  );
}

/**
 * @param {string} target
 * @param {string} file
 */
function link(target, file) {
  fs.rmSync(file, { force: true });
  fs.symlinkSync(target, file);
}
