// @ts-check
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { aptInstall, canAptInstall } from './aptInstall.mjs';
import { cacheDir } from './cacheDir.mjs';
import { fileHash } from './fileHash.mjs';
import { findOnPath, isExecutable } from './findOnPath.mjs';
import { withLock } from './lockFolder.mjs';
import { runLogged } from './runLogged.mjs';
import { say } from './say.mjs';
import { missing } from './stepResult.mjs';

/**
 * A virtual environment with the packages of a requirements file, kept in the cache folder by the content of that file
 * and the Python version. A run that was killed in the middle leaves no stamp: the next one starts anew.
 * @param {string} name for people and folders: 'inference-jaeger'
 * @param {string} requirementsFile
 * @returns {Promise<import('./stepResult.mjs').StepResult<{python: string, folder: string}>>}
 */
export async function ensurePythonEnv(name, requirementsFile) {
  const base = findPython();
  if (base === undefined) return missing('Python', 'install Python 3.11 or newer with its venv module');
  const folder = path.join(cacheDir(), 'python', `${name}-${fileHash([requirementsFile], [base.identity])}`);
  const python = path.join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const stamp = path.join(folder, '.complete');
  const done = () => fs.existsSync(stamp) && isExecutable(python);
  if (done()) return { ok: true, python, folder };
  return withLock(`${folder}.lock`, async () => {
    if (done()) return { ok: true, python, folder };
    say(`installing the Python packages of ${path.basename(requirementsFile)} (${name})`);
    const isMade =
      (await makeEnv(base.path, folder)) &&
      (await installPackages(python, requirementsFile, `${folder}.log`));
    if (!isMade)
      return missing(
        `Python packages (${name})`,
        `python3-venv, pip and the package registry are needed; see ${folder}.log`,
      );
    fs.writeFileSync(stamp, ''); // last: scripts in an environment name its path, so it can't be made aside and renamed
    return { ok: true, python, folder };
  });
}

/**
 * @param {string} python
 * @param {string} folder made anew
 */
async function makeEnv(python, folder) {
  const hasVenv = () => spawnSync(python, ['-c', 'import venv, ensurepip'], { stdio: 'ignore' }).status === 0;
  if (!hasVenv() && canAptInstall()) await aptInstall(['python3-venv']);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  return (
    await runLogged({
      what: 'python -m venv',
      command: python,
      args: ['-m', 'venv', folder],
      logFile: `${folder}.log`,
    })
  ).ok;
}

/**
 * @param {string} python of the environment
 * @param {string} requirementsFile
 * @param {string} logFile
 */
async function installPackages(python, requirementsFile, logFile) {
  const args = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '-r', requirementsFile];
  return (await runLogged({ what: 'pip install', command: python, args, logFile })).ok;
}

/** @returns {{path: string, identity: string} | undefined} the first Python ≥ 3.11 on PATH; its full path and version */
function findPython() {
  const script =
    'import sys; print(sys.executable, "%d.%d.%d" % sys.version_info[:3], int(sys.version_info >= (3, 11)), sep="\\n")';
  for (const name of ['python3', 'python']) {
    const program = findOnPath(name);
    if (program === undefined) continue;
    const { status, stdout } = spawnSync(program, ['-c', script], { encoding: 'utf8', timeout: 20_000 });
    const [executable, version, isNewEnough] = (stdout ?? '').split(/\r?\n/);
    if (status === 0 && executable && isNewEnough === '1')
      return { path: executable, identity: `${executable} ${version}` };
  }
  return undefined;
}
