// @ts-check
import fs from 'node:fs';

/** @typedef {import('./tallyReporter.cjs').Tally} Tally */

/**
 * What tallyReporter.cjs wrote. A run that broke off or ran no test gets one failure more.
 * @param {string} file
 * @param {string} name of the run
 * @param {string} reason why it may have broken off
 * @returns {Tally}
 */
export function readTally(file, name, reason) {
  /** @type {Tally} */
  let tally = { passed: 0, failed: 0, skipped: 0, failures: [], isFinished: false };
  try {
    tally = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    // it ended before its first test, or in the middle of writing
  }
  if (!tally.isFinished) return withFailure(tally, name, `broke off before its end: ${reason}`);
  if (tally.passed + tally.failed + tally.skipped === 0) return withFailure(tally, name, 'ran no test');
  return tally;
}

/**
 * @param {Tally} tally
 * @param {string} title
 * @param {string} message
 * @returns {Tally}
 */
function withFailure(tally, title, message) {
  return { ...tally, failed: tally.failed + 1, failures: [...tally.failures, { title, message }] };
}
