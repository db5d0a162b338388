import * as vscode from 'vscode';
import { commands } from '../../platform/contributions';
import type { Deps } from '../../platform/deps';
import { DisposableStore } from '../../platform/disposableStore';
import { DebugRuns } from './debugRuns';
import { ShellRuns } from './shellRuns';
import { toggleRuns } from './toggle';

/** What is started from this window sends its spans here, when the user has chosen so. */
export function register(
  deps: Deps & { readonly terminals: vscode.GlobalEnvironmentVariableCollection },
): vscode.Disposable {
  const disposables = new DisposableStore();
  const shells = disposables.add(new ShellRuns(deps, deps.terminals));
  disposables.add(vscode.debug.registerDebugConfigurationProvider('*', new DebugRuns(deps, shells)));
  disposables.add(
    vscode.commands.registerCommand(commands.instrumentRuns, (wanted?: unknown) =>
      toggleRuns(deps, typeof wanted === 'boolean' ? wanted : undefined).catch((error: unknown) =>
        deps.report(error, 'change how runs are started'),
      ),
    ),
  );
  return disposables;
}
