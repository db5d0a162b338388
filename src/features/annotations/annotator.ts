import * as vscode from 'vscode';
import type { Deps } from '../../platform/deps';
import { DisposableStore } from '../../platform/disposableStore';
import { LineDecorations } from './decorations';
import { parsedLanguage } from './documentSites';
import { DrawnFiles } from './drawnFiles';
import { type HeatLine, heatLines, type Shares } from './heat';
import type { LazyCodeMap } from './lazyCodeMap';
import { codeLenses } from './lenses';
import type { FileAnnotations } from './model';
import { RecentShares } from './recentShares';

const redrawMs = 300;
const agingMs = 30_000;

/** Draws on the editors that can be seen, again when something has changed, and not while somebody types. */
export class Annotator implements vscode.Disposable {
  readonly #deps: Deps;
  readonly #disposables = new DisposableStore();
  readonly #decorations: LineDecorations;
  readonly #onDidChangeCodeLenses: () => void;
  /** What decided last which functions of a file are worth a lens. */
  readonly #lensShares = new WeakMap<vscode.TextDocument, Shares>();
  readonly files: DrawnFiles;
  readonly shares: RecentShares;
  #pending: ReturnType<typeof setTimeout> | undefined;

  constructor(deps: Deps & { readonly code: LazyCodeMap }, onDidChangeCodeLenses: () => void) {
    this.#deps = deps;
    this.#onDidChangeCodeLenses = onDidChangeCodeLenses;
    this.files = new DrawnFiles(deps);
    this.#decorations = this.#disposables.add(new LineDecorations(deps));
    const redraw = () => this.#redrawSoon();
    this.shares = this.#disposables.add(new RecentShares(deps, redraw));
    this.#disposables.add(deps.store.onDidChange(redraw));
    this.#disposables.add(deps.opened.onDidChange(redraw));
    this.#disposables.add(deps.settings.onDidChange(redraw));
    this.#disposables.add(deps.code.onDidChange(redraw));
    this.#disposables.add(vscode.window.onDidChangeVisibleTextEditors(redraw));
    this.#disposables.add(
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (!parsedLanguage(event.document)) return;
        this.files.edit(event);
        redraw();
      }),
    );
    // The averages of the last minutes change while nothing arrives.
    const timer = setInterval(redraw, agingMs);
    this.#disposables.add({
      dispose: () => {
        clearInterval(timer);
        clearTimeout(this.#pending);
      },
    });
    redraw();
  }

  /** The lenses of a file; while somebody types in it, those that were there, where they are now. */
  async lenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const annotations = await this.files.find(document);
    if (!annotations) return [];
    const isTyping = this.files.quietInMs(document) > 0;
    const shares = (isTyping && this.#lensShares.get(document)) || this.shares.current;
    this.#lensShares.set(document, shares);
    return codeLenses(document, annotations, { ...this.#deps, shares });
  }

  /** The lines of a file that traces wait for. */
  heat(annotations: FileAnnotations): readonly HeatLine[] {
    const { minimumShare } = this.#deps.settings.current.annotations;
    return heatLines(annotations, this.shares.current, minimumShare);
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #redrawSoon(inMs = redrawMs): void {
    this.#pending ??= setTimeout(() => {
      this.#pending = undefined;
      this.#redraw();
    }, inMs);
  }

  #redraw(): void {
    this.files.invalidate();
    this.#onDidChangeCodeLenses();
    let quietInMs = 0;
    for (const editor of vscode.window.visibleTextEditors) {
      if (!parsedLanguage(editor.document)) continue;
      const waitMs = this.files.quietInMs(editor.document);
      quietInMs = Math.max(quietInMs, waitMs);
      if (waitMs > 0) continue;
      this.#draw(editor).catch((error: unknown) => this.#deps.report(error, 'annotate the code'));
    }
    if (quietInMs > 0) this.#redrawSoon(quietInMs);
  }

  async #draw(editor: vscode.TextEditor): Promise<void> {
    const { version } = editor.document;
    const annotations = await this.files.find(editor.document);
    // Another edit came in between: its own drawing follows.
    if (editor.document.version !== version) return;
    if (annotations) this.#decorations.draw(editor, annotations, this.heat(annotations));
    else this.#decorations.clear(editor);
  }
}
