import * as vscode from 'vscode';
import { commands } from '../../platform/contributions';
import type { Deps } from '../../platform/deps';
import { DisposableStore } from '../../platform/disposableStore';
import type { connectionCommands } from './connectionCommands';

export { targetOf as settingTarget } from './configuration';
export { exporterVariables } from './exporterSettings';

/** What each command does, as the log says it when it fails. */
const doings: Readonly<Record<keyof typeof connectionCommands, string>> = {
  connect: 'connect',
  switchConnection: 'switch the connection',
  setSecret: 'set the secret',
  forgetSecret: 'forget the secret',
  chooseServices: 'choose services',
  copyExporterSettings: 'copy the exporter settings',
};

/** Commands that say which Jaeger to ask, as whom, and for which services. */
export function register(deps: Deps): vscode.Disposable {
  const disposables = new DisposableStore();
  const on = (name: keyof typeof doings) =>
    disposables.add(
      vscode.commands.registerCommand(commands[name], async () => {
        try {
          const loaded = await import('./connectionCommands');
          await loaded.connectionCommands[name](deps);
        } catch (error) {
          deps.report(error, doings[name]);
        }
      }),
    );
  on('connect');
  on('switchConnection');
  on('setSecret');
  on('forgetSecret');
  on('chooseServices');
  on('copyExporterSettings');
  disposables.add(vscode.commands.registerCommand(commands.showLog, () => deps.log.show()));
  return disposables;
}
