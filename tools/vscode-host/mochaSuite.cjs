// @ts-check
// The suite that VS Code is told to run (extensionTestsPath): runs the compiled test files that WHYSPAN_SUITE_FILES (a
// JSON list) names with mocha, inside the extension host. What the tests print goes where the reporter prints.
const fs = require('node:fs');
const util = require('node:util');
const { Worker } = require('node:worker_threads');
const TallyReporter = require('../mocha/tallyReporter.cjs');

exports.run = async () => {
  redirectConsole();
  watchForHang();
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({
    timeout: Number(process.env.WHYSPAN_TEST_TIMEOUT_MS ?? 30_000),
    forbidOnly: process.env.CI === 'true',
    reporter: /** @type {any} */ (TallyReporter),
    ...(process.env.WHYSPAN_GREP ? { grep: process.env.WHYSPAN_GREP } : {}),
  });
  for (const file of JSON.parse(process.env.WHYSPAN_SUITE_FILES ?? '[]')) mocha.addFile(file);
  try {
    const failed = await new Promise((resolve) => mocha.run(resolve));
    if (failed > 0) throw new Error(`${failed} tests failed`);
  } finally {
    if (process.env.NODE_V8_COVERAGE) require('node:v8').takeCoverage();
  }
};

/** Console output of tests would drown in the workbench's own log. */
function redirectConsole() {
  const file = process.env.WHYSPAN_TALLY_OUT;
  if (!file) return;
  const value = (/** @type {unknown[]} */ ...args) => fs.appendFileSync(file, `${util.format(...args)}\n`);
  for (const name of ['log', 'info', 'warn', 'error', 'debug']) {
    // VS Code's own wrappers ignore assignment (a setter that does nothing): define anew
    Object.defineProperty(console, name, { value, configurable: true, writable: true });
  }
}

/** Ends an extension host that hangs, even in an endless loop: nothing outside can, on a desktop VS Code. */
function watchForHang() {
  const limitMs = Number(process.env.WHYSPAN_SUITE_LIMIT_MS ?? 0);
  if (limitMs === 0) return;
  const script = `setTimeout(() => process.kill(process.pid, 'SIGKILL'), ${limitMs})`;
  new Worker(script, { eval: true }).unref();
}
