// @ts-check
import fs from 'node:fs';
import path from 'node:path';
import { canAptInstall } from './aptInstall.mjs';
import { runLogged } from './runLogged.mjs';
import { say } from './say.mjs';

/**
 * Takes one program out of a package of Debian or Ubuntu, without installing it: a package that brings a server would start it, on
 * all interfaces.
 * @param {string} name of the package
 * @param {string} program path in the package, such as `usr/bin/prometheus`
 * @param {string} target file that it becomes
 * @returns {Promise<boolean>} false when it failed; what was said about it has been shown
 */
export async function aptExtract(name, program, target) {
  if (!canAptInstall()) return false;
  const folder = `${target}.unfinished`;
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  say(`taking ${program} from the package ${name} (apt-get)`);
  const run = (/** @type {string} */ what, /** @type {string} */ command, /** @type {string[]} */ args) =>
    runLogged({ what, command, args, cwd: folder, env: { DEBIAN_FRONTEND: 'noninteractive' } });
  try {
    // As root: the download's own user may not write into a cache folder that is root's.
    const download = ['-o', 'APT::Sandbox::User=root', 'download', name];
    if (!(await run('apt-get update', 'apt-get', ['-o', 'DPkg::Lock::Timeout=300', 'update'])).ok)
      return false;
    if (!(await run(`downloading ${name}`, 'apt-get', download)).ok) return false;
    const archive = fs.readdirSync(folder).find((file) => file.endsWith('.deb'));
    if (archive === undefined || !(await run(`unpacking ${name}`, 'dpkg-deb', ['-x', archive, 'files'])).ok)
      return false;
    const unpacked = path.join(folder, 'files', program);
    if (!fs.existsSync(unpacked)) return false;
    fs.renameSync(unpacked, target);
    return true;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
