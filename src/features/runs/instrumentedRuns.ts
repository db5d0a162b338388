import type * as vscode from 'vscode';
import type { Deps } from '../../platform/deps';
import { DebugRuns } from './debugRuns';
import { ShellRuns } from './shellRuns';

export { toggleRuns } from './toggle';

// Entry of a bundle of its own, which is loaded when the user has chosen that runs send their spans here.

/** What is done to the runs of this window. */
export interface InstrumentedRuns extends vscode.Disposable {
  readonly debug: DebugRuns;
}

/** Gives terminals and tasks their variables from now on, and debug sessions when they are asked for. */
export function instrumentRuns(
  deps: Deps,
  terminals: vscode.GlobalEnvironmentVariableCollection,
): InstrumentedRuns {
  const shells = new ShellRuns(deps, terminals);
  return { debug: new DebugRuns(deps, shells), dispose: () => shells.dispose() };
}
