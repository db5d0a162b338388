// @ts-check
import fs from 'node:fs';
import path from 'node:path';

/** What a quiet, repeatable window needs: nothing that welcomes, updates, recommends, reports or chats. */
const QUIET = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.colorTheme': 'Dark Modern',
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.confirmBeforeClose': 'never',
  'git.openRepositoryInParentFolders': 'never',
  'security.workspace.trust.startupPrompt': 'never', // an untrusted window starts restricted, without a dialog
  'security.workspace.trust.untrustedFiles': 'open',
};

/**
 * Writes the user's settings of a window: the quiet ones, below those that are there already, below `settings`.
 * @param {string} userDataDir
 * @param {{settings?: Readonly<Record<string, unknown>>, isTrustEnabled?: boolean}} [options]
 */
export function writeHostSettings(userDataDir, { settings = {}, isTrustEnabled = false } = {}) {
  const file = path.join(userDataDir, 'User', 'settings.json');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const merged = {
    ...QUIET,
    ...readSettings(file),
    'security.workspace.trust.enabled': isTrustEnabled,
    ...settings,
  };
  fs.writeFileSync(file, `${JSON.stringify(merged, null, 2)}\n`);
}

/**
 * @param {string} file
 * @returns {Record<string, unknown>}
 */
function readSettings(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return {}; // none yet; or with comments, by the user of the demonstration: then they are written anew
  }
}
