// @ts-check
import { discoverSuites } from './discoverSuites.mjs';
import { runHostStage } from './hostStage.mjs';
import { runNodeStage } from './nodeStage.mjs';
import { runPythonStage } from './pythonStage.mjs';
import { broken, summarize } from './tally.mjs';
import { Tools } from './tools.mjs';
import { runVsixStage } from './vsixStage.mjs';

/** @typedef {import('./tally.mjs').StageResult} StageResult */

/**
 * Runs the parts of the test run in their order and prints what came of them.
 * @param {string} root
 * @param {readonly string[]} only parts to run, such as `host/explorer`; empty: all
 * @returns {Promise<boolean>} whether all is well
 */
export async function runStages(root, only) {
  const isWanted = (/** @type {string} */ name) =>
    only.length === 0 ||
    only.some((part) => name === part || name.startsWith(`${part}/`) || part.startsWith(`${name}/`));
  const suites = [...discoverSuites(root, 'host'), ...discoverSuites(root, 'e2e')].filter(({ name }) =>
    isWanted(name),
  );
  const [installed, developed] = [
    suites.filter(({ options }) => options.vsix),
    suites.filter(({ options }) => !options.vsix),
  ];
  const ofKind = (/** @type {string} */ kind) => developed.filter(({ name }) => name.startsWith(`${kind}/`));
  const unknown = only.filter(
    (part) => part.includes('/') && !suites.some(({ name }) => name.startsWith(part)),
  );
  const tools = new Tools();
  /** @type {StageResult[]} */
  const results = unknown.map((part) => broken(part, 'there is no such suite'));
  const run = async (/** @type {string} */ name, /** @type {() => Promise<StageResult[]>} */ stage) => {
    results.push(...(await stage().catch((error) => [broken(name, error)])));
  };

  if (isWanted('check')) await run('check', runChecks);
  await run('build', runBuild);
  if (results.some(({ name, failed }) => name === 'build' && failed > 0)) return summarize(results);
  if (isWanted('integration'))
    await run('integration', () =>
      runNodeStage({ root, name: 'integration', needs: ['jaeger', 'python'], tools }),
    );
  if (isWanted('browser'))
    await run('browser', () => runNodeStage({ root, name: 'browser', needs: ['chromium'], tools }));
  await run('host', () => runHostStage({ root, suites: ofKind('host'), tools }));
  await run('e2e', () => runHostStage({ root, suites: ofKind('e2e'), tools }));
  if (isWanted('examples')) await run('examples', () => runPythonStage(root));
  if (isWanted('vsix') || installed.length > 0)
    await run('vsix', () => runVsixStage({ root, suites: installed, tools }));
  return summarize(results);
}

/** @returns {Promise<StageResult[]>} */
async function runChecks() {
  console.log('\n▶ check');
  const { runCheck } = await import('../check.mjs');
  return runCheck();
}

/** @returns {Promise<StageResult[]>} nothing when it worked: a build is no test */
async function runBuild() {
  console.log('\n▶ build');
  const { build } = await import('../build.mjs');
  await build();
  return [];
}
