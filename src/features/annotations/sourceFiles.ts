import { realpath } from 'node:fs/promises';
import * as vscode from 'vscode';
import { foreignFolders, isInstalledCode } from '../../core/mapping/foreignCode';
import { sourceEndings } from '../../core/mapping/languages/languageIds';
import { isCellKey } from '../../core/mapping/resolveSite';
import type { MappedFolder } from './mappings';

/** What all source files are called. */
export const sourceGlob = `**/*.{${sourceEndings.join(',')}}`;

/** What is not the workspace's own; besides, what `files.exclude` names. */
export const foreignGlob = `**/{${foreignFolders.join(',')}}/**`;

const foreign = new Set<string>(foreignFolders);
/** Most files that are looked at. */
export const mostFiles = 20_000;

/** The source files of the workspace, on whichever file system. */
export async function findSourceFiles(token: vscode.CancellationToken): Promise<readonly vscode.Uri[]> {
  return vscode.workspace.findFiles(sourceGlob, foreignGlob, mostFiles, token);
}

/** Whether the text of a document may be where spans were made: not an old version, an output, or code that was installed. */
export function isSourceDocument({ uri }: vscode.TextDocument): boolean {
  if (isCellKey(uri.toString()) || uri.scheme === 'untitled') return true;
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (!folder)
    return vscode.workspace.fs.isWritableFileSystem(uri.scheme) === true && !isInstalledCode(uri.path);
  const below = uri.path.slice(folder.uri.path.length).split('/');
  return !below.some((part) => foreign.has(part));
}

/** The folders of the workspace, and where they really lie on disk. */
export function workspaceFolders(): Promise<readonly MappedFolder[]> {
  return Promise.all(
    (vscode.workspace.workspaceFolders ?? []).map(async ({ name, uri }) => {
      const path = uri.path;
      if (uri.scheme !== 'file') return { name, path };
      const real = await realpath(uri.fsPath).catch(() => undefined);
      return real === undefined ? { name, path } : { name, path, realPath: vscode.Uri.file(real).path };
    }),
  );
}
