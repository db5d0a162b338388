import * as vscode from 'vscode';
import { languageIds } from '../../core/mapping/languages/languageIds';
import type { Span } from '../../core/trace/span';
import { commands } from '../../platform/contributions';
import type { Deps } from '../../platform/deps';
import { DisposableStore } from '../../platform/disposableStore';
import { Annotator } from './annotator';
import type { CodeLocator } from './codePlace';
import { LazyCodeMap } from './lazyCodeMap';

export type { CodeLocator, CodePlace } from './codePlace';

/** Writes latency and predictions at the lines of code that made them, and finds the lines of spans. */
export function register(deps: Deps & { readonly storageUri: vscode.Uri | undefined }): vscode.Disposable & {
  readonly openSpan: (span: Span) => Promise<void>;
  readonly locator: CodeLocator;
} {
  const disposables = new DisposableStore();
  const code = disposables.add(new LazyCodeMap(deps));
  const annotator = disposables.add(new Annotator(deps, code));
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
  disposables.add(
    vscode.commands.registerCommand(commands.chooseLine, async (siteKey: unknown) => {
      const { chooseLine } = await import('./codeMapEntry');
      await chooseLine(await code.get(), siteKey);
    }),
  );
  const openSpan = async (span: Span) => {
    const { openSpan: open } = await import('./codeMapEntry');
    await open(span, code);
  };
  return { openSpan, locator: code, dispose: () => disposables.dispose() };
}
