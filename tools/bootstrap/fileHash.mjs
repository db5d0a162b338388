// @ts-check
import { createHash } from 'node:crypto';
import fs from 'node:fs';

/**
 * A short name for the content of files and further words: the key of what is cached.
 * @param {readonly string[]} files
 * @param {readonly string[]} [words]
 * @returns {string} 16 hex digits
 */
export function fileHash(files, words = []) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(fs.readFileSync(file)).update('\0');
  for (const word of words) hash.update(word).update('\0');
  return hash.digest('hex').slice(0, 16);
}
