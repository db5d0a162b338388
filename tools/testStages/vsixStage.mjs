// @ts-check
import fs from 'node:fs';
import path from 'node:path';
import { runHostStage } from './hostStage.mjs';
import { broken } from './tally.mjs';

const LIMIT_BYTES = 8_000_000;
/** What is loaded at once: at activation, and by each webview. */
const LIMITS = { 'dist/extension.js': 150_000, 'dist/webview/latencyChart.js': 300_000 };

/**
 * Packages the extension, and runs the suites that want it installed from the package.
 * @param {object} stage
 * @param {string} stage.root
 * @param {readonly import('./discoverSuites.mjs').FoundSuite[]} stage.suites
 * @param {import('./tools.mjs').Tools} stage.tools
 * @returns {Promise<import('./tally.mjs').StageResult[]>}
 */
export async function runVsixStage({ root, suites, tools }) {
  console.log('\n▶ vsix');
  try {
    const { packageExtension } = await import('../package.mjs');
    const { file: vsix, warnings } = packageExtension(path.join(root, 'out', 'whyspan.vsix'));
    if (warnings.length > 0) throw new Error(`vsce warns:\n${warnings.join('\n')}`);
    const bytes = fs.statSync(vsix).size;
    if (bytes > LIMIT_BYTES) throw new Error(`${vsix} has ${bytes} bytes, more than ${LIMIT_BYTES}`);
    for (const [file, limit] of Object.entries(LIMITS)) {
      const size = fs.statSync(path.join(root, file)).size;
      if (size > limit) throw new Error(`${file} has ${size} bytes, more than ${limit}`);
    }
    console.log(`  ✔ ${path.basename(vsix)} packaged: ${Math.round(bytes / 1000)} kB`);
    return [
      { name: 'vsix', passed: 1, failed: 0, skipped: 0 },
      ...(await runHostStage({ root, suites, tools, vsix })),
    ];
  } catch (error) {
    return [broken('vsix', error)];
  }
}
