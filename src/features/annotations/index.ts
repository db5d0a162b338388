import * as vscode from 'vscode';
import { languageIds } from '../../core/mapping/languages/languageIds';
import type { Span } from '../../core/trace/span';
import { commands } from '../../platform/contributions';
import type { Deps } from '../../platform/deps';
import { DisposableStore } from '../../platform/disposableStore';
import type { LineCommand } from './codeDrawing';
import type { CodeLocator } from './codePlace';
import { LazyCodeMap } from './lazyCodeMap';
import { LazyDrawing } from './lazyDrawing';
import type { LineReference } from './lineCommands';

export type { CodeLocator, CodePlace } from './codePlace';

const lineCommands: readonly LineCommand[] = [
  ...(['peekLineTraces', 'showLineTraces', 'lineActions'] as const),
  ...(['nextAnnotatedLine', 'previousAnnotatedLine', 'goToSlowestLine'] as const),
];

/** Writes latency and predictions at the lines of code that made them, and finds the lines of spans. */
export function register(deps: Deps & { readonly storageUri: vscode.Uri | undefined }): vscode.Disposable & {
  readonly openSpan: (span: Span) => Promise<void>;
  readonly locator: CodeLocator;
} {
  const disposables = new DisposableStore();
  const code = disposables.add(new LazyCodeMap(deps));
  const drawing = disposables.add(new LazyDrawing({ ...deps, code }));
  const { languages } = vscode;
  const selector = [...languageIds];
  disposables.add(languages.registerCodeLensProvider(selector, drawing));
  disposables.add(
    languages.registerHoverProvider(selector, {
      provideHover: (document, position) => drawing.current?.hover(document, position),
    }),
  );
  disposables.add(
    languages.registerInlineValuesProvider(selector, {
      provideInlineValues: (document, viewPort, context) =>
        drawing.current?.inlineValues(document, viewPort, context),
    }),
  );
  for (const command of lineCommands)
    disposables.add(
      vscode.commands.registerCommand(commands[command], async (line?: LineReference) => {
        try {
          await (await drawing.load()).run(command, isLine(line) ? line : undefined);
        } catch (error) {
          deps.report(error, 'follow the line');
        }
      }),
    );
  disposables.add(vscode.commands.registerCommand(commands.toggleAnnotations, toggle));
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

/** The editor's menu calls a command with the file alone. */
function isLine(argument: Partial<LineReference> | undefined): argument is LineReference {
  return typeof argument?.line === 'number' && typeof argument.uri === 'string';
}

async function toggle(): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('whyspan');
  const isEnabled = configuration.get<boolean>('annotations.enabled') === true;
  const inWorkspace = configuration.inspect('annotations.enabled')?.workspaceValue !== undefined;
  const target = inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  await configuration.update('annotations.enabled', !isEnabled, target);
}
