import * as vscode from 'vscode';
import { commands } from '../../platform/contributions';
import type { Deps } from '../../platform/deps';
import { DisposableStore } from '../../platform/disposableStore';
import type { InstrumentedRuns } from './instrumentedRuns';

/** What is started from this window sends its spans here, when the user has chosen so; what does it is loaded then. */
export function register(
  deps: Deps & { readonly terminals: vscode.GlobalEnvironmentVariableCollection },
): vscode.Disposable {
  const disposables = new DisposableStore();
  // The port of a receiver is this window's: what was set in an earlier one would send spans nowhere.
  deps.terminals.persistent = false;
  let loading: Promise<InstrumentedRuns> | undefined;
  const load = async () => {
    const { instrumentRuns } = await import('./instrumentedRuns');
    return disposables.add(instrumentRuns(deps, deps.terminals));
  };
  const runs = () => {
    loading ??= load();
    return loading;
  };
  const begin = () => {
    if (deps.settings.current.runs.isInstrumented)
      runs().catch((error: unknown) => deps.report(error, 'prepare runs for tracing'));
  };
  disposables.add(deps.settings.onDidChange(begin));
  disposables.add(
    vscode.debug.registerDebugConfigurationProvider('*', {
      resolveDebugConfigurationWithSubstitutedVariables: async (folder, configuration) => {
        if (!deps.settings.current.runs.isInstrumented) return configuration;
        const { debug } = await runs();
        return debug.resolveDebugConfigurationWithSubstitutedVariables(folder, configuration);
      },
    }),
  );
  disposables.add(
    vscode.commands.registerCommand(commands.instrumentRuns, async (wanted?: unknown) => {
      try {
        const { toggleRuns } = await import('./instrumentedRuns');
        await toggleRuns(deps, typeof wanted === 'boolean' ? wanted : undefined);
      } catch (error) {
        deps.report(error, 'change how runs are started');
      }
    }),
  );
  begin();
  return disposables;
}
