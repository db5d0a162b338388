// @ts-check
// Packages the extension as a .vsix. `npm run package [file]`.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/**
 * @param {string} file
 * @returns {{file: string, warnings: readonly string[]}}
 */
export function packageExtension(file) {
  const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
  const args = [vsce, 'package', '--no-dependencies', '--out', file];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  const output = `${stdout}\n${stderr}`;
  if (status !== 0) throw new Error(`vsce ended with code ${status}:\n${output}`);
  return { file, warnings: output.split('\n').filter((line) => /^\s*WARNING/i.test(line)) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { file, warnings } = packageExtension(
    path.resolve(process.argv[2] ?? path.join(root, 'whyspan.vsix')),
  );
  for (const warning of warnings) console.warn(warning);
  console.log(`packaged ${file}`);
}
