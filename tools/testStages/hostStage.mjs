// @ts-check
import path from 'node:path';
import { runHostSuite } from '../runHostSuite.mjs';
import { broken, fromMocha, notRun } from './tally.mjs';

/**
 * Runs suites in a real VS Code, one after the other: two windows at once would starve each other on two cores.
 * @param {object} stage
 * @param {string} stage.root
 * @param {readonly import('./discoverSuites.mjs').FoundSuite[]} stage.suites
 * @param {import('./tools.mjs').Tools} stage.tools
 * @param {string} [stage.vsix] the packaged extension
 * @returns {Promise<import('./tally.mjs').StageResult[]>}
 */
export async function runHostStage({ root, suites, tools, vsix }) {
  const results = [];
  for (const suite of suites) {
    console.log(`\n▶ ${suite.name}`);
    results.push(await runOne(root, suite, tools, vsix));
  }
  return results;
}

/**
 * @param {string} root
 * @param {import('./discoverSuites.mjs').FoundSuite} suite
 * @param {import('./tools.mjs').Tools} tools
 * @param {string | undefined} vsix
 * @returns {Promise<import('./tally.mjs').StageResult>}
 */
async function runOne(root, { name, options, compiledFiles }, tools, vsix) {
  try {
    const outcome = await tools.ensure(['vscode', ...(options.needs ?? [])]);
    if (!outcome.ok) return notRun(name, outcome);
    const files = compiledFiles();
    if (files.length === 0)
      throw new Error(`no compiled tests in out/test/${name}: does tools/build.mjs build this suite?`);
    const { workspace, vsix: isPackaged, needs: _, ...rest } = options;
    const tally = await runHostSuite({
      ...rest,
      name,
      suite: files,
      ...(workspace === undefined ? {} : { workspace: path.join(root, workspace) }),
      ...(isPackaged && vsix !== undefined ? { vsix } : {}),
    });
    return fromMocha(name, tally);
  } catch (error) {
    return broken(name, error);
  }
}
