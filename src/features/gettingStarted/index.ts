import * as vscode from 'vscode';
import { commands, walkthroughs } from '../../platform/contributions';
import type { Deps } from '../../platform/deps';
import { DisposableStore } from '../../platform/disposableStore';
import { createSample } from './createSample';
import { showWhetherInferencesCame } from './inferencesCame';

const extensionId = 'whyspan.whyspan';

/** The walkthrough for new users, and the sample program that they can watch. */
export function register(deps: Deps): vscode.Disposable {
  const disposables = new DisposableStore();
  const on = (id: string, doing: string, run: (argument: unknown) => Thenable<unknown>) =>
    disposables.add(
      vscode.commands.registerCommand(id, async (argument?: unknown) => {
        try {
          await run(argument);
        } catch (error) {
          deps.report(error, doing);
        }
      }),
    );
  on(commands.openWalkthrough, 'open the walkthrough', () =>
    vscode.commands.executeCommand(
      'workbench.action.openWalkthrough',
      `${extensionId}#${walkthroughs.getStarted}`,
    ),
  );
  on(commands.createSample, 'create the sample program', (target) =>
    createSample(deps, target instanceof vscode.Uri ? target : undefined),
  );
  disposables.add(showWhetherInferencesCame(deps));
  return disposables;
}
