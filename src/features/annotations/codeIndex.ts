import * as vscode from 'vscode';
import { CompactFile } from '../../core/mapping/compactFile';
import { type IndexedFile, packSites } from '../../core/mapping/indexedFile';
import { languageOfPath } from '../../core/mapping/languages/languageIds';
import { isCellKey } from '../../core/mapping/resolveSite';
import { WorkspaceIndex } from '../../core/mapping/workspaceIndex';
import { DisposableStore } from '../../platform/disposableStore';
import { type KeptFile, readKeptIndex, writeKeptIndex } from '../../sources/codeIndex/keptIndex';
import type { SourceParser } from '../../sources/parser/sourceParser';
import { withBuildProgress } from './buildProgress';
import { type DocumentSites, parsedLanguage } from './documentSites';
import { Sliced } from './sliced';
import { findSourceFiles, isSourceDocument, mostFiles, sourceGlob } from './sourceFiles';

/** What the index is built with. */
export interface CodeIndexOptions {
  readonly parser: SourceParser;
  readonly documents: DocumentSites;
  /** Where it is kept between sessions; `undefined` where there is no place. */
  readonly keptFile: string | undefined;
  readonly log: vscode.LogOutputChannel;
  readonly report: (error: unknown, doing: string) => void;
}

/** Which version of a file on disk the index has. */
interface Stamp {
  readonly mtimeMs: number;
  readonly size: number;
}

const maxFileBytes = 1_000_000;
const atOnce = 4;
const settleMs = 500;
const keepMs = 5_000;

/**
 * Keeps the workspace's index of source files up to date: builds it when it is first needed, in the background, from what was kept and
 * what has changed since; follows files and documents. What is open counts as it is in the editor.
 */
export class CodeIndex implements vscode.Disposable {
  readonly index = new WorkspaceIndex();
  readonly #options: CodeIndexOptions;
  readonly #disposables = new DisposableStore();
  readonly #onDidChange = this.#disposables.add(new vscode.EventEmitter<void>());
  /** Fires when the index has changed otherwise than by documents. */
  readonly onDidChange = this.#onDidChange.event;
  /** Files on disk that belong to the workspace, and of which version the index is. */
  readonly #stamps = new Map<string, Stamp>();
  readonly #cancellation = this.#disposables.add(new vscode.CancellationTokenSource());
  readonly #changed = new Set<string>();
  #building: Promise<void> | undefined;
  #isReady = false;
  /** All files of the workspace were found and looked at. */
  #isWhole = false;
  #settling: ReturnType<typeof setTimeout> | undefined;
  #keeping: ReturnType<typeof setTimeout> | undefined;

  constructor(options: CodeIndexOptions) {
    this.#options = options;
    this.#watch();
    this.#building = this.#first();
  }

  /** Whether all of the workspace has been looked at, or the user did not want to wait for that. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Resolves when the index is ready, and knows what has changed until now. */
  async whenReady(): Promise<void> {
    await this.#building;
    if (this.#changed.size > 0) await this.#catchUp();
  }

  /** Has the index know a document as it is now; its file of the index, `undefined` when it is no source of spans. */
  async follow(document: vscode.TextDocument): Promise<IndexedFile | undefined> {
    if (!parsedLanguage(document) || !isSourceDocument(document)) return undefined;
    const key = document.uri.toString();
    if (this.#isLeftOut(document)) {
      this.index.delete(key);
      return undefined;
    }
    const callSites = await this.#options.documents.of(document);
    if (!callSites || document.isClosed || this.#isLeftOut(document)) return undefined;
    const { functions, spanOpenings } = callSites;
    const known = this.index.get(key);
    if (known?.functions === functions && known.spanOpenings === spanOpenings) return known;
    const file = { key, path: document.uri.path, functions, spanOpenings };
    return this.index.set(file) ? file : undefined;
  }

  dispose(): void {
    this.#cancellation.cancel();
    clearTimeout(this.#settling);
    clearTimeout(this.#keeping);
    this.#disposables.dispose();
  }

  /** Whether a document's file is gone, or excluded: then it is not among those that were found. */
  #isLeftOut({ uri, isDirty }: vscode.TextDocument): boolean {
    const isOnDisk = uri.scheme !== 'untitled' && !isCellKey(uri.toString());
    const isOfWorkspace = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
    return this.#isWhole && isOnDisk && isOfWorkspace && !isDirty && !this.#stamps.has(uri.toString());
  }

  async #first(): Promise<void> {
    try {
      await this.#readKept();
      await this.#build();
    } catch (error) {
      this.#options.report(error, 'read the source files of the workspace');
    }
    for (const document of vscode.workspace.textDocuments) await this.#followQuietly(document);
    this.#isReady = true;
    this.#building = undefined;
    if (!this.#disposables.isDisposed) this.#onDidChange.fire();
  }

  async #readKept(): Promise<void> {
    const { keptFile } = this.#options;
    if (keptFile === undefined) return;
    const slices = new Sliced();
    for await (const { key, mtimeMs, size, sites } of readKeptIndex(keptFile)) {
      if (this.index.set(new CompactFile(key, vscode.Uri.parse(key).path, sites)))
        this.#stamps.set(key, { mtimeMs, size });
      await slices.pause();
    }
  }

  /** Looks at all files: reads those that are new or have changed, forgets those that are gone. */
  #build(): Promise<void> {
    return withBuildProgress(this.#cancellation.token, async (progress, token) => {
      const files = await findSourceFiles(token);
      const there = new Set(files.map((uri) => uri.toString()));
      for (const key of [...this.#stamps.keys()])
        if (!there.has(key) && !token.isCancellationRequested) this.#forget(key);
      let [done, read] = [0, 0];
      const queue = files.values();
      const work = async () => {
        const slices = new Sliced();
        for (const uri of queue) {
          if (token.isCancellationRequested) return;
          if (await this.#read(uri)) read++;
          progress(++done, files.length);
          await slices.pause();
        }
      };
      await Promise.all(Array.from({ length: atOnce }, work));
      this.#isWhole = !token.isCancellationRequested && files.length < mostFiles;
      this.#options.log.debug(`The index has ${this.index.size} source files, ${read} read anew`);
      if (read > 0) this.#keepSoon();
    });
  }

  /** Reads a file unless it is known as it is; whether it was read. */
  async #read(uri: vscode.Uri): Promise<boolean> {
    const key = uri.toString();
    const language = languageOfPath(uri.path);
    if (!language) return false;
    try {
      const { mtime: mtimeMs, size } = await vscode.workspace.fs.stat(uri);
      const known = this.#stamps.get(key);
      if (known && known.mtimeMs === mtimeMs && known.size === size && this.index.get(key)) return false;
      const bytes = size > maxFileBytes ? undefined : await vscode.workspace.fs.readFile(uri);
      const sites = bytes
        ? await this.#options.parser.pack(language, bytes)
        : { functions: [], openings: [] };
      if (this.#disposables.isDisposed) return false;
      this.#stamps.set(key, { mtimeMs, size });
      // What is open counts as it is in the editor.
      if (!openDocument(key)) this.index.set(new CompactFile(key, uri.path, sites));
      return true;
    } catch (error) {
      this.#options.log.debug(`Could not read ${key}: ${String(error)}`);
      this.#forget(key);
      return false;
    }
  }

  #forget(key: string): void {
    this.#stamps.delete(key);
    // The document of a file that is gone stays open for a while; what was typed into it is still there.
    if (!openDocument(key)?.isDirty) this.index.delete(key);
  }

  #watch(): void {
    const watcher = this.#disposables.add(vscode.workspace.createFileSystemWatcher(sourceGlob));
    const changed = (uri: vscode.Uri) => this.#changeSoon(uri.toString());
    for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete])
      this.#disposables.add(event(changed));
    this.#disposables.add(vscode.workspace.onDidChangeWorkspaceFolders(() => this.#changeSoon('')));
    this.#disposables.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('files.exclude')) this.#changeSoon('');
      }),
    );
    this.#disposables.add(vscode.workspace.onDidOpenTextDocument((document) => this.#follow(document)));
    this.#disposables.add(vscode.workspace.onDidChangeTextDocument(({ document }) => this.#follow(document)));
    this.#disposables.add(vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#close(uri)));
  }

  /** What was not saved is gone; what lies on disk is read again. */
  #close(uri: vscode.Uri): void {
    const key = uri.toString();
    if (!this.index.get(key)) return;
    if (this.#stamps.has(key)) {
      this.#stamps.set(key, { mtimeMs: -1, size: -1 });
      this.#changeSoon(key);
    } else {
      this.index.delete(key);
      this.#onDidChange.fire();
    }
  }

  #follow(document: vscode.TextDocument): void {
    if (parsedLanguage(document) && isSourceDocument(document)) void this.#followQuietly(document);
  }

  async #followQuietly(document: vscode.TextDocument): Promise<void> {
    try {
      await this.follow(document);
    } catch (error) {
      if (!this.#disposables.isDisposed) this.#options.report(error, 'read a document');
    }
  }

  #changeSoon(key: string): void {
    this.#changed.add(key);
    this.#settling ??= setTimeout(() => {
      this.#settling = undefined;
      void this.#catchUp();
    }, settleMs);
  }

  /** Reads what has changed on disk. What is new may be excluded, which only another search tells. */
  async #catchUp(): Promise<void> {
    await this.#building;
    const keys = [...this.#changed];
    this.#changed.clear();
    try {
      if (keys.every((key) => this.#stamps.has(key))) {
        for (const key of keys) await this.#read(vscode.Uri.parse(key));
        this.#keepSoon();
      } else await this.#build();
    } catch (error) {
      this.#options.report(error, 'read what has changed in the workspace');
    }
    if (!this.#disposables.isDisposed) this.#onDidChange.fire();
  }

  #keepSoon(): void {
    const { keptFile, report } = this.#options;
    if (keptFile === undefined || this.#disposables.isDisposed) return;
    this.#keeping ??= setTimeout(() => {
      this.#keeping = undefined;
      writeKeptIndex(keptFile, this.#keptFiles()).catch((error: unknown) =>
        report(error, 'keep the index of the source files'),
      );
    }, keepMs);
  }

  *#keptFiles(): Generator<KeptFile> {
    for (const [key, { mtimeMs, size }] of this.#stamps) {
      const file = this.index.get(key);
      // An open document may be other than its file.
      if (file && !openDocument(key))
        yield { key, mtimeMs, size, sites: file instanceof CompactFile ? file.packed : packSites(file) };
    }
  }
}

function openDocument(key: string): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === key);
}
