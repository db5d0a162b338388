// @ts-check
import { aptInstall, canAptInstall } from './aptInstall.mjs';
import { findOnPath, isExecutable } from './findOnPath.mjs';
import { missing } from './stepResult.mjs';

const USUAL_NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const USUAL_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * The Chromium that is there already: CHROMIUM, one on PATH, one in a usual place.
 * @returns {string | undefined}
 */
export function findChromium() {
  const own = process.env.CHROMIUM;
  if (own) return isExecutable(own) ? own : undefined;
  return USUAL_NAMES.map(findOnPath).find((file) => file !== undefined) ?? USUAL_PATHS.find(isExecutable);
}

/**
 * Finds Chromium, or installs it where that needs no one's consent: as root on Debian or Ubuntu.
 * @returns {Promise<import('./stepResult.mjs').StepResult<{path: string}>>}
 */
export async function ensureChromium() {
  const found = findChromium();
  if (found !== undefined) return { ok: true, path: found };
  const own = process.env.CHROMIUM;
  if (own) return missing('Chromium', `CHROMIUM names ${own}, which is no program`);
  const hint = 'install Chromium or Chrome, or set CHROMIUM to its path';
  if (!canAptInstall()) return missing('Chromium', hint);
  const isInstalled = await aptInstall(['chromium', 'fonts-dejavu-core']);
  const installed = isInstalled ? findChromium() : undefined;
  return installed === undefined
    ? missing('Chromium', `${hint} (apt-get could not)`)
    : { ok: true, path: installed };
}
