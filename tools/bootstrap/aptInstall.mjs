// @ts-check
import fs from 'node:fs';
import { runLogged } from './runLogged.mjs';
import { say } from './say.mjs';

/**
 * Whether packages of Debian or Ubuntu can be installed here without asking anyone.
 * @returns {boolean}
 */
export function canAptInstall() {
  return process.platform === 'linux' && process.getuid?.() === 0 && fs.existsSync('/usr/bin/apt-get');
}

/**
 * @param {readonly string[]} packages
 * @returns {Promise<boolean>} false when it failed; what apt-get said has been shown
 */
export async function aptInstall(packages) {
  say(`installing ${packages.join(', ')} (apt-get)`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const lock = ['-o', 'DPkg::Lock::Timeout=300'];
  const update = await runLogged({
    what: 'apt-get update',
    command: 'apt-get',
    args: [...lock, 'update'],
    env,
  });
  if (!update.ok) return false;
  const args = [...lock, 'install', '-y', '--no-install-recommends', ...packages];
  return (await runLogged({ what: `installing ${packages[0]}`, command: 'apt-get', args, env })).ok;
}
