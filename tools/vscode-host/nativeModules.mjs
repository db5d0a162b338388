// @ts-check
import fs from 'node:fs';
import path from 'node:path';

const LOG_FILES = `class Logger {
  level = 2;
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
}
for (const name of ['setPattern', 'clearFormatters', 'flush', 'drop', 'trace', 'debug', 'info', 'warn', 'error', 'critical']) Logger.prototype[name] = () => {};
exports.version = 0;
exports.Logger = Logger;
exports.setLevel = exports.setFlushOn = () => {};
exports.createRotatingLogger = exports.createAsyncRotatingLogger = async () => new Logger();
`;
const PARENT_WATCHDOG = `exports.start = () => {};
exports.exit = (code) => process.exit(code || 0);
`;

/**
 * Puts stand-ins that do nothing for the two modules that code-server would compile and can't start without: log files
 * and the watchdog over its parent (we watch ourselves: tether.mjs).
 * @param {string} modules code-server's node_modules for the workbench
 */
export function replaceNativeModules(modules) {
  fs.writeFileSync(path.join(modules, '@vscode', 'spdlog', 'index.js'), LOG_FILES);
  fs.writeFileSync(path.join(modules, '@vscode', 'native-watchdog', 'index.js'), PARENT_WATCHDOG);
}
