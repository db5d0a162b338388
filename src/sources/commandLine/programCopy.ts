import { chmod, copyFile, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launcherText } from './launcherText';

/** What the command line needs of the extension, below its folder. */
const files = ['package.json', 'dist/cli.js', 'dist/jaegerSource.js'];

/** Where the copy of the command line lies, and what it is a copy of. */
export interface ProgramCopy {
  /** The extension's folder, which goes away when the extension is updated. */
  readonly extensionFolder: string;
  /** The folder of the copies, which stays. */
  readonly folder: string;
  readonly version: string;
  /** As in `LauncherTarget`. */
  readonly runtime: string;
  readonly isWindows: boolean;
}

/** The path of the script that starts the newest copy. */
export function launcherFile({ folder, isWindows }: Pick<ProgramCopy, 'folder' | 'isWindows'>): string {
  return join(folder, isWindows ? 'launch.cmd' : 'launch.sh');
}

/** A copy that another window has just made, or that a command still runs from, is younger. */
const oldCopyMs = 3_600_000;

/**
 * Copies the command line of this version and has the launcher start it; old copies go. Each step replaces as a whole, so
 * that a call in between finds the old one or the new one, also when two windows do this at once.
 */
export async function copyProgram(copy: ProgramCopy): Promise<void> {
  const { extensionFolder, folder, version, runtime, isWindows } = copy;
  await mkdir(folder, { recursive: true });
  const unfinished = await mkdtemp(join(folder, 'new-'));
  // A name of its own for each copy: what a running command loads later is of the same version.
  const name = `${version}-${unfinished.slice(-6)}`;
  await mkdir(join(unfinished, 'dist'));
  for (const file of files) await copyFile(join(extensionFolder, file), join(unfinished, file));
  await rename(unfinished, join(folder, name));
  const launcher = launcherFile(copy);
  const text = launcherText({ program: join(folder, name, 'dist', 'cli.js'), runtime }, isWindows);
  await writeFile(`${launcher}.${name}`, text);
  await chmod(`${launcher}.${name}`, 0o755);
  await rename(`${launcher}.${name}`, launcher);
  await removeOld(folder, name);
}

async function removeOld(folder: string, newest: string): Promise<void> {
  for (const other of await readdir(folder)) {
    const path = join(folder, other);
    const found = await stat(path).catch(() => undefined);
    const isOld = found !== undefined && found.mtimeMs < Date.now() - oldCopyMs;
    if (isOld && found.isDirectory() && other !== newest) await rm(path, { recursive: true, force: true });
  }
}
