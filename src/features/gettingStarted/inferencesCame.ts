import * as vscode from 'vscode';
import { contextKeys } from '../../platform/contributions';
import type { Deps } from '../../platform/deps';

/** Tells VS Code once that inferences have come: the first step of the walkthrough is done then. */
export function showWhetherInferencesCame({ store }: Pick<Deps, 'store'>): vscode.Disposable {
  const listener = store.onDidChange(() => {
    if (store.stats().inferences === 0) return;
    void vscode.commands.executeCommand('setContext', contextKeys.hasInferences, true);
    listener.dispose();
  });
  return listener;
}
