import type { PathMapping } from '../../core/mapping/pathMapping';

/** A folder of the workspace. */
export interface MappedFolder {
  readonly name: string;
  readonly path: string;
  /** Where it really lies, when its path leads through a symbolic link. */
  readonly realPath?: string;
}

/** The user's mappings with the folders of this workspace in place of `${workspaceFolder}`, and those that lead from where folders really lie. */
export function mappingsOf(
  wanted: readonly PathMapping[],
  folders: readonly MappedFolder[],
): readonly PathMapping[] {
  const links = folders.flatMap(({ path, realPath }) =>
    realPath === undefined || realPath === path ? [] : [{ from: realPath, to: path }],
  );
  return [...wanted.flatMap((mapping) => inFolders(mapping, folders)), ...links];
}

/** `${workspaceFolder:name}` is that folder; without a name, as for a path that begins nowhere, the first one. */
function inFolders({ from, to }: PathMapping, folders: readonly MappedFolder[]): readonly PathMapping[] {
  const variable = /^\$\{workspaceFolder(?::([^}]+))?\}/.exec(to);
  const name = variable?.[1];
  const folder = name === undefined ? folders[0] : folders.find((each) => each.name === name);
  if (!variable && /^(?:[\\/]|[A-Za-z]:[\\/])/.test(to)) return [{ from, to }];
  if (!folder) return [];
  const rest = variable ? to.slice(variable[0].length) : `/${to}`;
  return [{ from, to: `${folder.path}${rest}`.replace(/\/\.(?=\/|$)/g, '') }];
}
