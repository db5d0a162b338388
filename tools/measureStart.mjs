// @ts-check
// `node tools/measureStart.mjs [folder]`: runs `npm start` there (a fresh clone, or this project), opens what it serves in a headless
// Chromium as a user would, and says how long it took to the first annotated line. WHYSPAN_CACHE chooses a warm or an empty cache.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ensureChromium } from './bootstrap/chromium.mjs';
import { npm } from './bootstrap/nodePackages.mjs';
import { spawnTethered } from './spawnTethered.mjs';
import { openTestWindow } from './vscode-host/testWindow.mjs';

const LIMIT_MS = 15 * 60_000;
const root = path.resolve(process.argv[2] ?? path.dirname(path.dirname(fileURLToPath(import.meta.url))));

/** In the page: what is written at the end of the first line that has it. */
function firstLineEnd() {
  const ends = [...document.querySelectorAll('.editor-instance .view-line span[class*="ced-"]')].map(
    (span) => getComputedStyle(span, '::after').content,
  );
  return ends.find((content) => content.includes(' ms ')) ?? '';
}

const chromium = await ensureChromium();
if (!chromium.ok) throw new Error(`${chromium.missing}: ${chromium.hint}`);
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'whyspan-measure-'));
const beganMs = Date.now();
const tell = (/** @type {string} */ what) =>
  console.log(`${((Date.now() - beganMs) / 1000).toFixed(1)} s  ${what}`);

const start = spawnTethered({
  ...npm(['start']),
  cwd: root,
  env: { WHYSPAN_START: 'browser' },
  onLine: (line) => console.log(`  ${line}`),
});
/** @type {import('./vscode-host/testWindow.mjs').TestWindow | undefined} */
let window;
try {
  const [, url = ''] = await start.waitForLine(/^\s+(http:\/\/127\.0\.0\.1:\d+\S+)/, LIMIT_MS);
  tell('the address is printed');
  window = await openTestWindow({
    executablePath: chromium.path,
    profileDir: path.join(scratch, 'profile'),
    logFile: path.join(scratch, 'workbench.log'),
    onExit: () => {},
    onCrash: () => tell('the page has crashed'),
  });
  await window.page.goto(url, { timeout: 60_000 });
  let text = '';
  while (text === '' && Date.now() - beganMs < LIMIT_MS) {
    await delay(100);
    text = await window.page.evaluate(firstLineEnd).catch(() => '');
  }
  tell(text === '' ? 'no line was annotated' : `the first line is annotated: ${text}`);
  process.exitCode = text === '' ? 1 : 0;
} finally {
  await window?.close();
  await start.stop();
  fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
}
