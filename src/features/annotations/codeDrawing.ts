import * as vscode from 'vscode';
import type { commands } from '../../platform/contributions';
import type { Deps } from '../../platform/deps';
import { DisposableStore } from '../../platform/disposableStore';
import { Annotator } from './annotator';
import { annotationHover } from './hovers';
import { inlineValues } from './inlineValues';
import type { LazyCodeMap } from './lazyCodeMap';
import {
  chooseLineAction,
  filterTraces,
  goToLineBeside,
  type LineParts,
  type LineReference,
  peekTraces,
} from './lineCommands';
import { LineTraces, lineTracesScheme } from './lineTraces';
import { goToSlowestLine } from './slowestLines';

// Entry of a bundle of its own, which is loaded when there is something to draw.

/** All that is drawn into code, and what its commands do. */
export class CodeDrawing implements vscode.Disposable {
  readonly #deps: Deps & { readonly code: LazyCodeMap };
  readonly #disposables = new DisposableStore();
  readonly #parts: LineParts;

  constructor(deps: Deps & { readonly code: LazyCodeMap }, onDidChangeCodeLenses: () => void) {
    this.#deps = deps;
    const traces = new LineTraces(deps);
    const annotator = this.#disposables.add(new Annotator(deps, onDidChangeCodeLenses));
    this.#parts = { deps, annotator, traces };
    const { workspace, languages } = vscode;
    this.#disposables.add(workspace.registerTextDocumentContentProvider(lineTracesScheme, traces));
    this.#disposables.add(languages.registerDocumentLinkProvider({ scheme: lineTracesScheme }, traces));
  }

  lenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    return this.#parts.annotator.lenses(document);
  }

  hover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    return annotationHover(document, position, this.#parts);
  }

  inlineValues(
    document: vscode.TextDocument,
    viewPort: vscode.Range,
    context: vscode.InlineValueContext,
  ): Promise<vscode.InlineValue[]> {
    return inlineValues(document, viewPort, context, this.#parts.annotator.files);
  }

  /** Does what a command of lines says. */
  async run(command: LineCommand, line: LineReference | undefined): Promise<void> {
    switch (command) {
      case 'peekLineTraces':
        return peekTraces(line, this.#parts);
      case 'showLineTraces':
        return filterTraces(line, this.#parts);
      case 'lineActions':
        return chooseLineAction(line, this.#parts);
      case 'nextAnnotatedLine':
        return goToLineBeside('next', this.#parts);
      case 'previousAnnotatedLine':
        return goToLineBeside('previous', this.#parts);
      case 'goToSlowestLine':
        return goToSlowestLine(this.#deps, this.#deps.code, this.#parts.annotator.shares.current);
    }
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}

/** A command of lines, by its name in `commands`. */
export type LineCommand = Extract<
  keyof typeof commands,
  | 'peekLineTraces'
  | 'showLineTraces'
  | 'lineActions'
  | 'nextAnnotatedLine'
  | 'previousAnnotatedLine'
  | 'goToSlowestLine'
>;
