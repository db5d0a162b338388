// @ts-check
import fs from 'node:fs';
import path from 'node:path';
import { cacheDir } from './cacheDir.mjs';
import { fileHash } from './fileHash.mjs';
import { findOnPath } from './findOnPath.mjs';
import { withLock } from './lockFolder.mjs';
import { runLogged, showFailure } from './runLogged.mjs';
import { say } from './say.mjs';
import { missing } from './stepResult.mjs';

/**
 * Runs `npm ci` when node_modules is missing or was installed from another package-lock.json.
 * @param {string} root the project's folder
 * @returns {Promise<import('./stepResult.mjs').StepResult<{}>>}
 */
export async function ensureNodePackages(root) {
  const modules = path.join(root, 'node_modules');
  const stamp = path.join(modules, '.whyspan-lock-hash');
  const hash = fileHash([path.join(root, 'package-lock.json')]);
  if (readStamp(stamp) === hash) return { ok: true };
  return withLock(path.join(cacheDir(), 'locks', `npm-ci-${fileHash([], [root])}`), async () => {
    if (readStamp(stamp) === hash) return { ok: true };
    // installed by hand just now (`npm install`): npm's own record is newer than the lock file
    if (
      isNewer(path.join(modules, '.package-lock.json'), path.join(root, 'package-lock.json')) &&
      !fs.existsSync(stamp)
    ) {
      fs.writeFileSync(stamp, hash);
      return { ok: true };
    }
    if (!(await install(root))) return missing('node packages', 'npm could not install them (see above)');
    fs.writeFileSync(stamp, hash);
    return { ok: true };
  });
}

/**
 * @param {string} root
 * @returns {Promise<boolean>}
 */
async function install(root) {
  say('installing node packages (npm ci)');
  const options = ['--no-audit', '--no-fund'];
  const clean = await runLogged({
    what: 'npm ci',
    ...npm(['ci', ...options]),
    cwd: root,
    isFailureExpected: true,
  });
  if (clean.ok) return true;
  // A registry that served no optional package for other systems made a lock file without them, which npm ci refuses, from
  // another registry too. npm install takes the rest from the lock file all the same.
  const complaints = clean.output.match(/^npm error (Missing|Invalid): .*$/gm) ?? [];
  const optional = optionalNames(root);
  const isOptionalOnly =
    complaints.length > 0 &&
    complaints.every((line) => optional.has(/Missing: (\S+)@\S* from lock file/.exec(line)?.[1] ?? ''));
  if (!isOptionalOnly) {
    showFailure('npm ci failed', clean.output);
    return false;
  }
  say('the lock file lacks optional packages for other systems: npm install --no-save instead');
  return (await runLogged({ what: 'npm install', ...npm(['install', '--no-save', ...options]), cwd: root }))
    .ok;
}

/**
 * The packages that some package in the lock file names as optional.
 * @param {string} root
 */
function optionalNames(root) {
  /** @type {{packages: Record<string, {optionalDependencies?: Record<string, string>}>}} */
  const lock = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  return new Set(
    Object.values(lock.packages).flatMap(({ optionalDependencies = {} }) =>
      Object.keys(optionalDependencies),
    ),
  );
}

/**
 * How to run npm: the one that runs us, where npm does; else the one on PATH.
 * @param {readonly string[]} args
 * @returns {{command: string, args: string[]}}
 */
export function npm(args) {
  const running = process.env.npm_execpath;
  if (running && /npm-cli\.c?js$/.test(running))
    return { command: process.execPath, args: [running, ...args] };
  return { command: findOnPath('npm') ?? 'npm', args: [...args] };
}

/** @param {string} file */
function readStamp(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * @param {string} file
 * @param {string} than
 */
function isNewer(file, than) {
  return fs.existsSync(file) && fs.statSync(file).mtimeMs >= fs.statSync(than).mtimeMs;
}
