import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const secretBytes = 32;
const fileName = 'sharing.key';
const isWindows = process.platform === 'win32';

/**
 * The secret by which the windows of one user know each other: a file (mode 0600) in a folder that they share. Made when
 * there is none, and made anew when others than its owner could have read it, or it is no such secret.
 */
export async function readShareSecret(folder: string): Promise<Buffer> {
  const found = await readSound(join(folder, fileName));
  if (found) return found;
  await mkdir(folder, { recursive: true });
  const file = join(folder, fileName);
  const own = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    await writeFile(own, randomBytes(secretBytes), { mode: 0o600, flag: 'wx' });
    // Another window may do the same now: whose file is there in the end is read by both when they prove themselves.
    await rename(own, file);
  } finally {
    await rm(own, { force: true });
  }
  const made = await readSound(file);
  if (!made) throw new Error('the secret of sharing cannot be kept');
  return made;
}

async function readSound(file: string): Promise<Buffer | undefined> {
  try {
    const { mode } = await stat(file);
    if (!isWindows && (mode & 0o077) !== 0) return undefined;
    const secret = await readFile(file);
    return secret.length === secretBytes ? secret : undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
