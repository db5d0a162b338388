import * as vscode from 'vscode';
import { languageIds } from '../../core/mapping/languages/languageIds';
import type { Span } from '../../core/trace/span';
import { commands } from '../../platform/contributions';
import type { Deps } from '../../platform/deps';
import { DisposableStore } from '../../platform/disposableStore';
import { Annotator } from './annotator';
import { CodeLocator } from './locator';
import { openSpan } from './openSpan';

export type { CodeLocator, CodePlace } from './locator';

/** Writes latency and predictions at the lines of code that made them, and finds the lines of spans. */
export function register(deps: Deps): vscode.Disposable & {
  readonly openSpan: (span: Span) => Promise<void>;
  readonly locator: CodeLocator;
} {
  const disposables = new DisposableStore();
  const locator = new CodeLocator(deps.parser);
  const annotator = disposables.add(new Annotator(deps));
  disposables.add(vscode.languages.registerCodeLensProvider([...languageIds], annotator));
  disposables.add(
    vscode.commands.registerCommand(commands.toggleAnnotations, async () => {
      const configuration = vscode.workspace.getConfiguration('whyspan');
      const isEnabled = configuration.get<boolean>('annotations.enabled') === true;
      const inWorkspace = configuration.inspect('annotations.enabled')?.workspaceValue !== undefined;
      const target = inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
      await configuration.update('annotations.enabled', !isEnabled, target);
    }),
  );
  return { openSpan: (span) => openSpan(span, locator), locator, dispose: () => disposables.dispose() };
}
