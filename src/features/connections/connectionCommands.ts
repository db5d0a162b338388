import type { commands } from '../../platform/contributions';
import type { Deps } from '../../platform/deps';
import { chooseServices } from './chooseServices';
import { connect } from './connect';
import { copyExporterSettings } from './copyExporterSettings';
import { forgetSecret, setSecret } from './secretCommands';
import { switchConnection } from './switchConnection';

// Entry of a bundle of its own, which is loaded when one of them is first used.

/** What the commands do, by their names in `commands`. */
export const connectionCommands = {
  connect,
  switchConnection,
  setSecret,
  forgetSecret,
  chooseServices,
  copyExporterSettings,
} satisfies Partial<Record<keyof typeof commands, (deps: Deps) => Promise<void>>>;
