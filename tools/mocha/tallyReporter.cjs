// @ts-check
// A mocha reporter that prints like `spec`, line by line as it goes, and keeps the counts in a JSON file which says
// `"isFinished": false` until the very end: a run that breaks off can't be taken for a good one.
// A suite that reloads its window begins anew in it: what was counted until then counts on.
// WHYSPAN_TALLY_RESULT names that file; WHYSPAN_TALLY_OUT a file to print into (default: standard output).
const fs = require('node:fs');

/**
 * @typedef {object} Tally
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {Array<{title: string, message: string}>} failures
 * @property {boolean} isFinished
 */

/** @param {string} line */
function print(line) {
  const file = process.env.WHYSPAN_TALLY_OUT;
  if (file) fs.appendFileSync(file, `${line}\n`);
  else process.stdout.write(`${line}\n`);
}

/**
 * What was counted before the window was reloaded. Each run has a file of its own, so one that is there and not finished is of this run.
 * @returns {Tally}
 */
function countedBefore() {
  const none = { passed: 0, failed: 0, skipped: 0, failures: [], isFinished: false };
  const file = process.env.WHYSPAN_TALLY_RESULT;
  if (!file || !fs.existsSync(file)) return none;
  const before = JSON.parse(fs.readFileSync(file, 'utf8'));
  return before.isFinished ? none : before;
}

/** Given to mocha as `reporter`. */
class TallyReporter {
  /** @param {Mocha.Runner} runner */
  constructor(runner) {
    const tally = countedBefore();
    const save = () => {
      if (process.env.WHYSPAN_TALLY_RESULT)
        fs.writeFileSync(process.env.WHYSPAN_TALLY_RESULT, JSON.stringify(tally));
    };
    let depth = 0;
    const indent = () => '  '.repeat(depth);
    save();
    runner.on('suite', (suite) => {
      if (suite.title) print(`${indent()}${suite.title}`);
      depth += 1;
    });
    runner.on('suite end', () => {
      depth -= 1;
    });
    runner.on('pass', (test) => {
      tally.passed += 1;
      print(`${indent()}✔ ${test.title} (${test.duration ?? 0} ms)`);
      save();
    });
    runner.on('pending', (test) => {
      tally.skipped += 1;
      print(`${indent()}- ${test.title} (skipped)`);
      save();
    });
    runner.on('fail', (test, error) => {
      tally.failed += 1;
      const title = test.fullTitle();
      const message = String(error?.stack ?? error?.message ?? error);
      tally.failures.push({ title, message });
      print(`${indent()}✖ ${test.title}`);
      print(message.replace(/^/gm, `${indent()}    `));
      save();
    });
    runner.on('end', () => {
      tally.isFinished = true;
      save();
    });
  }
}

module.exports = TallyReporter;
