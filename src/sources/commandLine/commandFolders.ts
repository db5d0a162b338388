import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join, resolve, sep } from 'node:path';

/** A folder that the command could be put into. */
export interface CommandFolder {
  readonly path: string;
  /** Whether a shell looks for commands there. */
  readonly isOnPath: boolean;
}

/** What is known of the machine. */
export interface Machine {
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isWindows: boolean;
}

/** Folders of a project or of a tool, which come and go: not the user's own commands. */
const passing = /[/\\](node_modules|\.?venv|env|\.nvm|\.pyenv|\.rbenv|\.asdf|\.vscode[^/\\]*|shims)([/\\]|$)/;

/** Folders that this user may write to, those where a shell finds the command first; never one that needs more rights. */
export async function commandFolders(machine: Machine): Promise<readonly CommandFolder[]> {
  const { home, env, isWindows } = machine;
  const own = isWindows
    ? [join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'Programs', 'whyspan')]
    : [join(home, '.local', 'bin'), join(home, 'bin')];
  const onPath = foldersOnPath(env, isWindows);
  const known = isWindows ? [] : ['/usr/local/bin', '/opt/homebrew/bin'];
  const others = onPath.filter((path) => known.includes(path) || isOwn(path, home));
  const found: CommandFolder[] = [];
  for (const path of new Set([...own, ...others])) {
    const isOnPath = onPath.includes(path);
    // The first is made if need be; of the others, those that are there.
    if (path === own[0] || (isOnPath && (await isWritable(path)))) found.push({ path, isOnPath });
  }
  return found.sort((a, b) => Number(b.isOnPath) - Number(a.isOnPath));
}

/** Whether a shell with this environment looks for commands in a folder. */
export function isOnPath(folder: string, { env, isWindows }: Machine): boolean {
  return foldersOnPath(env, isWindows).includes(resolve(folder));
}

function foldersOnPath(env: Machine['env'], isWindows: boolean): readonly string[] {
  const path = (isWindows ? (env.Path ?? env.PATH) : env.PATH) ?? '';
  return path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => resolve(folder));
}

function isOwn(path: string, home: string): boolean {
  return path.startsWith(home + sep) && !passing.test(path);
}

async function isWritable(path: string): Promise<boolean> {
  return access(path, constants.W_OK).then(
    () => true,
    () => false,
  );
}
