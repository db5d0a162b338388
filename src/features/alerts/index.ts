import * as vscode from 'vscode';
import { commands } from '../../platform/contributions';
import { DisposableStore } from '../../platform/disposableStore';
import type { AlertDeps } from './alertDeps';
import type { AlertsEntry } from './alerts';
import { LateAlerts } from './lateAlerts';

export type { AlertDeps } from './alertDeps';

/** Commands about rules, which get the node of the view that they were chosen at, if any. */
const alertCommands = [
  ...(['newAlertRule', 'editAlertRule', 'muteAlert', 'unmuteAlert'] as const),
  ...(['showAlertLine', 'showAlertChart', 'copyAlert'] as const),
];

/** A command of the alerts. */
export type AlertCommand = (typeof alertCommands)[number];

/** Evaluates the alert rules, says how they stand, and notifies of what changes, once each. What does it is loaded after the activation. */
export function register(deps: AlertDeps): vscode.Disposable & { readonly engine: LateAlerts } {
  const disposables = new DisposableStore();
  const engine = disposables.add(new LateAlerts(deps.report));
  const loading = new Promise<AlertsEntry | undefined>((resolve, reject) => {
    setImmediate(() => {
      import('./alerts').then(({ startAlerts }) => {
        if (disposables.isDisposed) return resolve(undefined);
        const loaded = disposables.add(startAlerts(deps));
        engine.follow(loaded);
        resolve(loaded);
      }, reject);
    });
  });
  loading.catch((error: unknown) => deps.report(error, 'load the alerts'));
  for (const command of alertCommands)
    disposables.add(
      vscode.commands.registerCommand(commands[command], async (subject: unknown) => {
        try {
          await (await loading)?.run(command, subject);
        } catch (error) {
          deps.report(error, 'do that with the alert');
        }
      }),
    );
  return { engine, dispose: () => disposables.dispose() };
}
