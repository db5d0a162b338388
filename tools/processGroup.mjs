// @ts-check
import { spawnSync } from 'node:child_process';

/**
 * Asks a process group, named by its leader's pid, to end. Silent when it is gone already.
 * @param {number} pid
 */
export function endProcessGroup(pid) {
  signalGroup(pid, 'SIGTERM');
}

/**
 * Ends a process group without asking.
 * @param {number} pid
 */
export function killProcessGroup(pid) {
  signalGroup(pid, 'SIGKILL');
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function signalGroup(pid, signal) {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // the group has ended
  }
}
