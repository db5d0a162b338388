import * as vscode from 'vscode';
import type { Span } from '../../core/trace/span';
import type { Deps } from '../../platform/deps';
import { DisposableStore } from '../../platform/disposableStore';
import type { CodeMap } from './codeMap';
import type { CodeLocator, CodePlace } from './codePlace';
import { DocumentSites } from './documentSites';

/** The map of the code, which is loaded and built when it is first asked. */
export class LazyCodeMap implements CodeLocator, vscode.Disposable {
  readonly documents: DocumentSites;
  readonly #deps: Deps & { readonly storageUri: vscode.Uri | undefined };
  readonly #disposables = new DisposableStore();
  readonly #onDidChange = this.#disposables.add(new vscode.EventEmitter<void>());
  readonly onDidChange = this.#onDidChange.event;
  #map: Promise<CodeMap> | undefined;

  constructor(deps: Deps & { readonly storageUri: vscode.Uri | undefined }) {
    this.#deps = deps;
    this.documents = new DocumentSites(deps.parser);
  }

  get(): Promise<CodeMap> {
    this.#map ??= this.#load();
    return this.#map;
  }

  async find(span: Span, token: vscode.CancellationToken): Promise<readonly CodePlace[]> {
    return (await this.get()).find(span, token);
  }

  /** Takes a place for all spans like one. */
  async remember(span: Span, { uri, line }: CodePlace): Promise<void> {
    const map = await this.get();
    const { site, places } = map.candidates(span);
    const key = uri.toString();
    const place = places.find(({ file, inFunction, line: from }) => {
      const isAt = inFunction ? inFunction.line <= line && line <= inFunction.endLine : from === line;
      return file.key === key && isAt;
    });
    if (place) await map.choose(site, place);
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  async #load(): Promise<CodeMap> {
    const { CodeMap: Loaded } = await import('./codeMapEntry');
    const map = this.#disposables.add(new Loaded(this.#deps, this.documents, this.#deps.storageUri));
    this.#disposables.add(map.onDidChange(() => this.#onDidChange.fire()));
    return map;
  }
}
