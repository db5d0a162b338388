// @ts-check
import fs from 'node:fs';
import path from 'node:path';
import { cacheDir } from '../bootstrap/cacheDir.mjs';

export const CODE_SERVER_VERSION = '4.139.1'; // VS Code 1.139.1
export const NODE_VERSION = '24.21.0'; // what this code-server wants

/**
 * Where the stand-in host lies in the cache folder, whether or not it has been installed.
 * @returns {{folder: string, node: string, entry: string, isInstalled: () => boolean}} entry: code-server's script
 */
export function hostFiles() {
  const folder = path.join(
    cacheDir(),
    'vscode-host',
    `${CODE_SERVER_VERSION}-node${NODE_VERSION}-${process.platform}-${process.arch}`,
  );
  const node = path.join(folder, 'node_modules', '.bin', 'node');
  const entry = path.join(folder, 'node_modules', 'code-server', 'out', 'node', 'entry.js');
  return { folder, node, entry, isInstalled: () => fs.existsSync(node) && fs.existsSync(entry) };
}
