import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HumanError } from '../../core/humanError';
import { commandText, launcherMark } from './launcherText';

/** The path of the command in a folder. */
export function commandPath(folder: string, isWindows: boolean): string {
  return join(folder, isWindows ? 'whyspan.cmd' : 'whyspan');
}

/** Writes the command into a folder, which is made if need be. Throws a HumanError when it cannot, or when another `whyspan` is there. */
export async function writeCommand(folder: string, launcher: string, isWindows: boolean): Promise<string> {
  const path = commandPath(folder, isWindows);
  if ((await ownerOf(path)) === 'others') {
    throw new HumanError('configuration', `There is another program at ${path}. It was left as it is.`);
  }
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(path, commandText(launcher, isWindows));
    await chmod(path, 0o755);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new HumanError('configuration', `${path} cannot be written (${code}).`, { cause: error });
  }
  return path;
}

/** Removes the command if it is ours; whether it was. */
export async function removeCommand(path: string): Promise<boolean> {
  if ((await ownerOf(path)) !== 'us') return false;
  await rm(path, { force: true });
  return true;
}

async function ownerOf(path: string): Promise<'us' | 'others' | 'nobody'> {
  try {
    return (await readFile(path, 'utf8')).includes(launcherMark) ? 'us' : 'others';
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return isAbsent ? 'nobody' : 'others';
  }
}
