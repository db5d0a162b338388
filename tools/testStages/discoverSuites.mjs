// @ts-check
import fs from 'node:fs';
import path from 'node:path';

/**
 * What `suite.json` beside a suite's tests may say; all of it is optional.
 * @typedef {object} SuiteOptions
 * @property {string} [workspace] relative to the project
 * @property {boolean} [isInPlace] open the workspace itself, not a copy
 * @property {Record<string, unknown>} [settings]
 * @property {Record<string, string>} [env]
 * @property {'on' | 'off'} [trust]
 * @property {'dark' | 'light' | 'hcDark' | 'hcLight'} [theme]
 * @property {boolean} [vsix] run against the packaged extension, installed
 * @property {Array<'jaeger' | 'python' | 'prometheus'>} [needs]
 * @property {number} [timeoutMs]
 */

const KEYS = ['workspace', 'isInPlace', 'settings', 'env', 'trust', 'theme', 'vsix', 'needs', 'timeoutMs'];

/**
 * @typedef {object} FoundSuite
 * @property {string} name `host/explorer`
 * @property {SuiteOptions} options
 * @property {() => string[]} compiledFiles to ask after the build; empty when it left them out
 */

/**
 * Finds the suites of a kind: each folder below `test/<kind>` that has tests.
 * @param {string} root
 * @param {'host' | 'e2e'} kind
 * @returns {FoundSuite[]}
 */
export function discoverSuites(root, kind) {
  const folder = path.join(root, 'test', kind);
  if (!fs.existsSync(folder)) return [];
  const names = fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return names
    .filter((name) => listFiles(path.join(folder, name), /\.test\.[cm]?tsx?$/).length > 0)
    .map((name) => ({
      name: `${kind}/${name}`,
      options: readOptions(path.join(folder, name, 'suite.json')),
      compiledFiles: () => listFiles(path.join(root, 'out', 'test', kind, name), /\.test\.c?js$/),
    }));
}

/**
 * @param {string} file
 * @returns {SuiteOptions}
 */
function readOptions(file) {
  if (!fs.existsSync(file)) return {};
  const options = JSON.parse(fs.readFileSync(file, 'utf8'));
  const unknown = Object.keys(options).filter((key) => !KEYS.includes(key));
  if (unknown.length > 0)
    throw new Error(`${file}: unknown ${unknown.join(', ')}; known are ${KEYS.join(', ')}`);
  return options;
}

/**
 * @param {string} folder
 * @param {RegExp} pattern
 * @returns {string[]}
 */
function listFiles(folder, pattern) {
  if (!fs.existsSync(folder)) return [];
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}
