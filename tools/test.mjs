// @ts-check
// `npm test`: everything that can be tested, on a fresh clone too. `npm test -- --only host/explorer` runs the parts whose
// names begin so: check, integration, browser, host/<suite>, e2e/<suite>, examples, vsix. See testStages/ for the parts.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureNodePackages } from './bootstrap/nodePackages.mjs';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const PARTS = ['check', 'integration', 'browser', 'host', 'e2e', 'examples', 'vsix'];

// Everything is started through tether.mjs: it ends with this process, whatever ends it.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    console.error(`\n${signal}: ending what was started`);
    process.exit(130);
  });
}

const only = parseOnly(process.argv.slice(2));
process.chdir(ROOT);
const packages = await ensureNodePackages(ROOT);
if (!packages.ok) {
  console.error(`${packages.missing}: ${packages.hint}`);
  console.log('\n0 passed, 1 failed, 0 skipped');
  process.exit(1);
}
const { runStages } = await import('./testStages/runStages.mjs'); // needs node_modules
process.exit((await runStages(ROOT, only)) ? 0 : 1);

/**
 * @param {readonly string[]} args
 * @returns {readonly string[]} empty: all
 */
function parseOnly(args) {
  const wanted = args.flatMap((arg, i) =>
    args[i - 1] === '--only' ? [arg] : arg.startsWith('--only=') ? [arg.slice(7)] : [],
  );
  const isKnown = args.every(
    (arg, i) => arg === '--only' || arg.startsWith('--only=') || args[i - 1] === '--only',
  );
  if (isKnown && wanted.every((name) => PARTS.includes(name.split('/')[0] ?? ''))) return wanted;
  console.error(
    `usage: npm test -- [--only PART]…, where PART is one of ${PARTS.join(', ')}, host/<suite>, e2e/<suite>`,
  );
  process.exit(2);
}
