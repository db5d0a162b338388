// @ts-check
import path from 'node:path';

/**
 * The arguments of desktop VS Code that the stand-in understands; others are ignored, as @vscode/test-electron passes
 * many that concern the desktop alone.
 * @typedef {object} HostArguments
 * @property {string[]} opened folders, or one .code-workspace file
 * @property {string[]} extensionDevelopmentPaths
 * @property {string | undefined} extensionTestsPath
 * @property {string | undefined} userDataDir
 * @property {string | undefined} extensionsDir
 * @property {string | undefined} vsix to install instead of opening a window
 * @property {boolean} isVersionAsked
 */

/**
 * @param {readonly string[]} args
 * @returns {HostArguments}
 */
export function parseHostArguments(args) {
  /** @type {Map<string, string[]>} */
  const flags = new Map();
  const opened = [];
  for (const arg of args) {
    const match = /^--([\w-]+)(?:=([\s\S]*))?$/.exec(arg);
    if (match?.[1] === undefined) opened.push(path.resolve(arg));
    else flags.set(match[1], [...(flags.get(match[1]) ?? []), match[2] ?? '']);
  }
  const one = (/** @type {string} */ name) => {
    const value = flags.get(name)?.at(-1);
    return value ? path.resolve(value) : undefined;
  };
  return {
    opened,
    extensionDevelopmentPaths: (flags.get('extensionDevelopmentPath') ?? []).map((folder) =>
      path.resolve(folder),
    ),
    extensionTestsPath: one('extensionTestsPath'),
    userDataDir: one('user-data-dir'),
    extensionsDir: one('extensions-dir'),
    vsix: one('install-extension'),
    isVersionAsked: flags.has('version'),
  };
}
