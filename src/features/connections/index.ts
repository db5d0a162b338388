import * as vscode from 'vscode';
import { commands } from '../../platform/contributions';
import type { Deps } from '../../platform/deps';
import { DisposableStore } from '../../platform/disposableStore';
import { chooseServices } from './chooseServices';
import { connect } from './connect';
import { copyExporterSettings } from './copyExporterSettings';
import { forgetSecret, setSecret } from './secretCommands';
import { switchConnection } from './switchConnection';

export { targetOf as settingTarget } from './configuration';
export { exporterVariables } from './exporterSettings';

/** Commands that say which Jaeger to ask, as whom, and for which services. */
export function register(deps: Deps): vscode.Disposable {
  const disposables = new DisposableStore();
  const on = (id: string, doing: string, run: () => Promise<void>) =>
    disposables.add(
      vscode.commands.registerCommand(id, () => run().catch((error: unknown) => deps.report(error, doing))),
    );
  on(commands.connect, 'connect', () => connect(deps));
  on(commands.switchConnection, 'switch the connection', () => switchConnection(deps));
  on(commands.setSecret, 'set the secret', () => setSecret(deps));
  on(commands.forgetSecret, 'forget the secret', () => forgetSecret(deps));
  on(commands.chooseServices, 'choose services', () => chooseServices(deps));
  on(commands.copyExporterSettings, 'copy the exporter settings', () => copyExporterSettings(deps));
  on(commands.showLog, 'show the log', async () => deps.log.show());
  return disposables;
}
