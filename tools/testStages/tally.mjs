// @ts-check

/**
 * What came of one part of the test run.
 * @typedef {object} StageResult
 * @property {string} name
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {readonly string[]} [notes] failures and reasons of skipping, for the summary
 */

/**
 * A part that can't run because a tool is missing: skipped where a developer has not got it, failed in CI.
 * @param {string} name
 * @param {import('../bootstrap/stepResult.mjs').Missing} missing
 * @returns {StageResult}
 */
export function notRun(name, { missing, hint }) {
  const isFailure = process.env.CI === 'true';
  const notes = [`${isFailure ? 'failed' : 'skipped'}: ${missing} is missing: ${hint}`];
  return { name, passed: 0, failed: isFailure ? 1 : 0, skipped: isFailure ? 0 : 1, notes };
}

/**
 * @param {string} name
 * @param {unknown} error
 * @returns {StageResult}
 */
export function broken(name, error) {
  return {
    name,
    passed: 0,
    failed: 1,
    skipped: 0,
    notes: [error instanceof Error ? error.message : String(error)],
  };
}

/**
 * @param {string} name
 * @param {import('../mocha/readTally.mjs').Tally} tally
 * @returns {StageResult}
 */
export function fromMocha(name, { passed, failed, skipped, failures }) {
  return {
    name,
    passed,
    failed,
    skipped,
    notes: failures.map(({ title, message }) => `${title}: ${message.split('\n')[0]}`),
  };
}

/**
 * Prints one line a stage, its notes, and at the end the plain line that counts all.
 * @param {readonly StageResult[]} results
 * @returns {boolean} whether the run is good: nothing failed and something passed
 */
export function summarize(results) {
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ key) =>
    results.reduce((total, result) => total + result[key], 0);
  console.log('\nSummary');
  for (const { name, passed, failed, skipped, notes } of results) {
    console.log(
      `  ${failed > 0 ? '✖' : passed > 0 ? '✔' : '-'} ${name}: passed ${passed}, failed ${failed}, skipped ${skipped}`,
    );
    for (const note of notes ?? []) console.log(`      ${note}`);
  }
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
  return sum('failed') === 0 && sum('passed') > 0;
}
