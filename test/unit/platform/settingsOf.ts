import { parseSettings } from '../../../src/platform/parseSettings';
import type { SettingProblem, Settings } from '../../../src/platform/settings';

type Written = Readonly<Record<string, unknown>>;

/** The settings of what a user wrote, by ids below `whyspan.`; the rest are defaults. */
export function settingsOf(written: Written = {}): Settings {
  return parseSettings((key) => written[key]).settings;
}

/** What is wrong with what a user wrote. */
export function problemsOf(written: Written): readonly SettingProblem[] {
  return parseSettings((key) => written[key]).problems;
}
