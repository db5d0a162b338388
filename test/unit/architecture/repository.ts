import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The text of a file of the repository. */
export function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** The paths of the files that are committed, or would be by `git add .`, below a folder. */
export function committedFiles(folder = '.'): readonly string[] {
  const list = ['ls-files', '--cached', '--others', '--exclude-standard', '-z', '--', folder];
  const paths = execFileSync('git', list, { cwd: root, encoding: 'utf8', maxBuffer: 64e6 }).split('\0');
  // What another process has just deleted is still in git's index.
  return paths.filter((path) => path !== '' && existsSync(join(root, path)));
}

/** The TypeScript files of src with their text. */
export function sources(): readonly { readonly path: string; readonly text: string }[] {
  return committedFiles('src')
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({ path, text: readText(path) }));
}
