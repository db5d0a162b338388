import * as vscode from 'vscode';
import type { Deps } from '../../platform/deps';
import { DisposableStore } from '../../platform/disposableStore';
import type { CodeDrawing } from './codeDrawing';
import type { LazyCodeMap } from './lazyCodeMap';

/** What draws into code, loaded when there is something to draw, or a command asks for it. */
export class LazyDrawing implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #deps: Deps & { readonly code: LazyCodeMap };
  readonly #disposables = new DisposableStore();
  readonly #onDidChangeCodeLenses = this.#disposables.add(new vscode.EventEmitter<void>());
  readonly onDidChangeCodeLenses = this.#onDidChangeCodeLenses.event;
  #loading: Promise<CodeDrawing> | undefined;
  #drawing: CodeDrawing | undefined;

  constructor(deps: Deps & { readonly code: LazyCodeMap }) {
    this.#deps = deps;
    const { store, opened, report } = deps;
    const look = () => {
      if (this.#loading || (store.stats().traces === 0 && opened.files.length === 0)) return;
      this.load().catch((error: unknown) => report(error, 'annotate the code'));
    };
    this.#disposables.add(store.onDidChange(look));
    this.#disposables.add(opened.onDidChange(look));
  }

  /** What draws, if it has been loaded. */
  get current(): CodeDrawing | undefined {
    return this.#drawing;
  }

  load(): Promise<CodeDrawing> {
    this.#loading ??= import('./codeDrawing').then((module) => {
      const drawing = new module.CodeDrawing(this.#deps, () => this.#onDidChangeCodeLenses.fire());
      this.#drawing = this.#disposables.add(drawing);
      return drawing;
    });
    return this.#loading;
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    return (await this.#drawing?.lenses(document)) ?? [];
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}
