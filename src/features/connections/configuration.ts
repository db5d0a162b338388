import * as vscode from 'vscode';

/** Where a setting is written: where it is set already, else the user's settings, or the workspace's when that is preferred. */
export function targetOf(key: string, preferred: 'user' | 'workspace'): vscode.ConfigurationTarget {
  const { Global, Workspace, WorkspaceFolder } = vscode.ConfigurationTarget;
  const at = vscode.workspace.getConfiguration('whyspan').inspect(key);
  if (at?.workspaceFolderValue !== undefined) return WorkspaceFolder;
  if (at?.workspaceValue !== undefined) return Workspace;
  const hasFolder = (vscode.workspace.workspaceFolders?.length ?? 0) > 0;
  return preferred === 'workspace' && hasFolder ? Workspace : Global;
}

/** Writes a setting of Whyspan's. */
export async function writeSetting(
  key: string,
  value: unknown,
  preferred: 'user' | 'workspace' = 'user',
): Promise<void> {
  await vscode.workspace.getConfiguration('whyspan').update(key, value, targetOf(key, preferred));
}
