// @ts-check
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { say } from './say.mjs';

const HEARTBEAT_MS = 5_000;
const STALE_MS = 60_000; // without a heartbeat, seen from another machine or pid namespace

/**
 * Runs `work` while holding a lock folder, so that two runs at once do not install the same thing. The lock of a
 * process that was killed is taken over: at once where its pid can be seen to be gone, else after a minute of silence.
 * @template T
 * @param {string} folder
 * @param {() => Promise<T>} work must not block the event loop for long: the heartbeat needs it
 * @returns {Promise<T>}
 */
export async function withLock(folder, work) {
  const token = randomUUID();
  await take(folder, token);
  const heartbeat = setInterval(() => touch(folder), HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    if (readOwner(folder)?.token === token) fs.rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} folder
 * @param {string} token
 */
async function take(folder, token) {
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  const owner = JSON.stringify({ token, pid: process.pid, host: os.hostname() });
  for (let isTold = false; ; ) {
    // the folder appears together with its owner's name: made aside, then renamed (which fails where one lies already)
    const aside = `${folder}.${token}`;
    fs.mkdirSync(aside, { recursive: true });
    fs.writeFileSync(path.join(aside, 'owner.json'), owner);
    try {
      fs.renameSync(aside, folder);
      return;
    } catch {
      fs.rmSync(aside, { recursive: true, force: true });
    }
    if (isStale(folder)) {
      breakLock(folder, token);
      continue;
    }
    if (!isTold) say(`waiting for another run that holds ${folder}`);
    isTold = true;
    await delay(300);
  }
}

/** @param {string} folder */
function isStale(folder) {
  const owner = readOwner(folder);
  if (owner && owner.host === os.hostname() && !isAlive(owner.pid)) return true;
  try {
    return Date.now() - fs.statSync(folder).mtimeMs > STALE_MS;
  } catch {
    return false; // released meanwhile
  }
}

/**
 * @param {string} folder
 * @param {string} token
 */
function breakLock(folder, token) {
  const before = readOwner(folder)?.token;
  const aside = `${folder}.stale-${token}`;
  try {
    fs.renameSync(folder, aside);
    if (readOwner(aside)?.token !== before) fs.renameSync(aside, folder); // another run broke it first: give its lock back
  } catch {
    // another run was quicker
  }
  fs.rmSync(aside, { recursive: true, force: true });
}

/**
 * @param {string} folder
 * @returns {{token: string, pid: number, host: string} | undefined}
 */
function readOwner(folder) {
  try {
    return JSON.parse(fs.readFileSync(path.join(folder, 'owner.json'), 'utf8'));
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** @param {string} folder */
function touch(folder) {
  try {
    fs.utimesSync(folder, new Date(), new Date());
  } catch {
    // taken over by a run that thought this one dead
  }
}
