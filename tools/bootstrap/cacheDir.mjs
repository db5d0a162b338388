// @ts-check
import os from 'node:os';
import path from 'node:path';

/**
 * The folder for what is installed or built once per machine: WHYSPAN_CACHE, else `whyspan` in the user's cache folder.
 * @returns {string}
 */
export function cacheDir() {
  const own = process.env.WHYSPAN_CACHE;
  if (own) return path.resolve(own);
  return path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'whyspan');
}
