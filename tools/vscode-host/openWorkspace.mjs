// @ts-check
import fs from 'node:fs';
import path from 'node:path';

/**
 * Prepares what a test window opens: a copy, so that no run changes the project, or the place itself.
 * @param {string | undefined} workspace a folder or a .code-workspace file (copied with its folder); undefined: an empty folder
 * @param {string} target where copies go
 * @param {boolean} isInPlace
 * @returns {string} what to open
 */
export function openWorkspace(workspace, target, isInPlace) {
  if (workspace === undefined) {
    fs.mkdirSync(target, { recursive: true });
    return target;
  }
  if (!fs.existsSync(workspace)) throw new Error(`the workspace ${workspace} does not exist`);
  if (isInPlace) return workspace;
  const isFile = fs.statSync(workspace).isFile();
  const folder = isFile ? path.dirname(workspace) : workspace;
  const copy = path.join(target, path.basename(folder));
  fs.cpSync(folder, copy, { recursive: true, filter: (source) => path.basename(source) !== 'node_modules' });
  return isFile ? path.join(copy, path.basename(workspace)) : copy;
}
