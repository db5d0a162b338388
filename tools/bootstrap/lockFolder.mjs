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
  let release = tryLock(folder);
  if (!release) say(`waiting for another run that holds ${folder}`);
  for (; !release; release = tryLock(folder)) await delay(300);
  try {
    return await work();
  } finally {
    release();
  }
}

/**
 * Takes a lock folder, for as long as this process lives or until it is released.
 * @param {string} folder
 * @returns {(() => void) | undefined} releases it; undefined when another run holds it
 */
export function tryLock(folder) {
  const token = randomUUID();
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  while (!take(folder, token)) {
    if (!isStale(folder)) return undefined;
    breakLock(folder, token);
  }
  const heartbeat = setInterval(() => touch(folder), HEARTBEAT_MS).unref();
  return () => {
    clearInterval(heartbeat);
    if (readOwner(folder)?.token === token) fs.rmSync(folder, { recursive: true, force: true });
  };
}

/**
 * @param {string} folder
 * @param {string} token
 * @returns {boolean} whether it was free
 */
function take(folder, token) {
  const owner = JSON.stringify({ token, pid: process.pid, host: os.hostname() });
  // the folder appears together with its owner's name: made aside, then renamed (which fails where one lies already)
  const aside = `${folder}.${token}`;
  fs.mkdirSync(aside, { recursive: true });
  fs.writeFileSync(path.join(aside, 'owner.json'), owner);
  try {
    fs.renameSync(aside, folder);
    return true;
  } catch {
    fs.rmSync(aside, { recursive: true, force: true });
    return false;
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
