import * as vscode from 'vscode';
import type { CallSites, LibraryCall } from '../../core/mapping/callSites';
import { languageOfPath } from '../../core/mapping/languages/languageIds';
import { framesOf, throughWhich } from '../../core/mapping/locateFrames';
import { mapPath, type PathMapping } from '../../core/mapping/pathMapping';
import type { CodeWorld, SitePlace } from '../../core/mapping/resolveSite';
import { placesOfSdk } from '../../core/mapping/sdkLanguage';
import { SiteLocator } from '../../core/mapping/siteLocator';
import type { SitesOfFile } from '../../core/mapping/sitesOfFile';
import type { SpanSite } from '../../core/store/spanSite';
import type { TraceStore } from '../../core/store/traceStore';
import type { Span } from '../../core/trace/span';
import type { Deps } from '../../platform/deps';
import { DisposableStore } from '../../platform/disposableStore';
import { type ChoiceSubject, ChosenLines } from './chosenLines';
import { CodeIndex } from './codeIndex';
import type { CodePlace } from './codePlace';
import type { DocumentSites } from './documentSites';
import { mappingsOf } from './mappings';
import type { AnnotatedFile } from './model';
import { siteOfSpan } from './siteOfSpan';
import { Sliced } from './sliced';
import { workspaceFolders } from './sourceFiles';
import { SpanPlaces } from './spanPlaces';

/** Of what is no source of the workspace: an old version, or code that was installed. */
const nothing: SitesOfFile = { located: [], ambiguous: [] };

/** Holds together what says where in the code spans were made: the index, the mappings, the choices. Loaded when it is first needed. */
export class CodeMap implements vscode.Disposable {
  readonly #deps: Deps;
  readonly #documents: DocumentSites;
  readonly #disposables = new DisposableStore();
  readonly #onDidChange = this.#disposables.add(new vscode.EventEmitter<void>());
  readonly onDidChange = this.#onDidChange.event;
  readonly #code: CodeIndex;
  readonly #world: CodeWorld;
  readonly #locator: SiteLocator;
  readonly #spans: SpanPlaces;
  readonly choices: ChosenLines;
  #mappings: readonly PathMapping[] = [];
  /** Whose sites are being located. */
  #asking: TraceStore;
  readonly #mapped: Promise<void>;

  constructor(deps: Deps, documents: DocumentSites, storageUri: vscode.Uri | undefined) {
    this.#deps = deps;
    this.#documents = documents;
    this.#asking = deps.store;
    this.choices = new ChosenLines(deps.workspaceState);
    const { parser, log, report } = deps;
    const keptFile = storageUri && vscode.Uri.joinPath(storageUri, 'code-index.jsonl').fsPath;
    this.#code = this.#disposables.add(new CodeIndex({ parser, documents, keptFile, log, report }));
    this.#world = { index: this.#code.index, mapPath: (path) => mapPath(path, this.#mappings) };
    this.#locator = new SiteLocator(this.#world, {
      choose: (site, places) => this.choices.choose(site, places),
      narrow: (site, places) => this.#narrow(site, places),
      tell: (site, places) => this.#tell(site, places),
    });
    this.#spans = new SpanPlaces(this.#world, this.#locator, parser);
    this.#disposables.add(this.#code.onDidChange(() => this.#onDidChange.fire()));
    const remap = () => this.#remap().catch((error: unknown) => deps.report(error, 'map paths'));
    this.#disposables.add(deps.settings.onDidChange(() => void remap()));
    this.#disposables.add(vscode.workspace.onDidChangeWorkspaceFolders(() => void remap()));
    this.#mapped = remap();
  }

  /** A file as it is annotated: with what is known of all others. */
  async fileOf(document: vscode.TextDocument, callSites: CallSites): Promise<AnnotatedFile> {
    await this.#mapped;
    const indexed = await this.#code.follow(document);
    if (!indexed) return { callSites, locate: () => nothing };
    const stores = [this.#deps.store, ...this.#deps.opened.files.map(({ store }) => store)];
    let hasLibraries = false;
    const slices = new Sliced();
    for (const store of stores) {
      for (const site of store.sites()) {
        this.#asking = store;
        this.#locator.prepare(site);
        hasLibraries ||= site.library?.caller !== undefined;
        await slices.pause();
      }
    }
    const calls = hasLibraries ? await this.#documents.callsOf(document) : [];
    return { callSites, locate: (store) => this.#sitesIn(indexed.key, store, calls) };
  }

  /** The places that made a span, after the index is complete. */
  async find(span: Span, token: vscode.CancellationToken): Promise<readonly CodePlace[]> {
    await Promise.all([this.#mapped, this.#code.whenReady()]);
    if (token.isCancellationRequested) return [];
    return this.#spans.find(span, this.#parentOf(span));
  }

  /** The sites of the store that several places could have made, or could but for the user's choice. */
  async undecided(): Promise<
    readonly {
      readonly site: SpanSite;
      readonly chosen: SitePlace | undefined;
      readonly places: readonly SitePlace[];
    }[]
  > {
    await Promise.all([this.#mapped, this.#code.whenReady()]);
    return this.#deps.store.sites().flatMap((site) => {
      const places = this.#spans.candidates(site);
      return places.length > 1 ? [{ site, places, chosen: this.choices.choose(site, places) }] : [];
    });
  }

  /** The places that a span could have been made at, before choices, by its site. */
  candidates(span: Span): { readonly site: SpanSite; readonly places: readonly SitePlace[] } {
    const site = siteOfSpan(span, this.#parentOf(span));
    return { site, places: this.#spans.candidates(site) };
  }

  /** Remembers which place makes the spans of a site, or takes that back. */
  async choose(subject: ChoiceSubject, place: SitePlace | undefined): Promise<void> {
    await this.choices.set(subject, place);
    this.#locator.forget();
    this.#onDidChange.fire();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  /** Until all files are known, only what does not depend on the others is certain. */
  #sitesIn(key: string, store: TraceStore, calls: readonly LibraryCall[]): SitesOfFile {
    this.#asking = store;
    const found = this.#locator.sitesIn(key, store.sites(), calls);
    if (this.#code.isReady) return found;
    const isCertain = ({ by }: { readonly by: string }) => by.endsWith('code attributes');
    return { located: found.located.filter(isCertain), ambiguous: [] };
  }

  /** Which of several places are in the language that a site's spans were made in. */
  #narrow(site: SpanSite, places: readonly SitePlace[]): readonly SitePlace[] {
    const languages = new Set(places.map(({ file }) => languageOfPath(file.path)));
    if (languages.size < 2) return places;
    const [newest] = this.#asking.summary([site.key]).newest;
    return placesOfSdk(newest?.span.resource.get('telemetry.sdk.language'), places);
  }

  /** Which of several places the exceptions of a site's spans went through. */
  #tell(site: SpanSite, places: readonly SitePlace[]): SitePlace | undefined {
    const frames = this.#asking.summary([site.key]).newest.flatMap(({ span }) => framesOf(span));
    return throughWhich(frames, places, this.#world);
  }

  #parentOf({ traceId, parentSpanId }: Span): Span | undefined {
    const trace = this.#deps.store.trace(traceId) ?? this.#deps.opened.trace(traceId);
    return parentSpanId === undefined
      ? undefined
      : trace?.spans.find(({ spanId }) => spanId === parentSpanId);
  }

  async #remap(): Promise<void> {
    this.#mappings = mappingsOf(this.#deps.settings.current.pathMappings, await workspaceFolders());
    this.#locator.forget();
    this.#onDidChange.fire();
  }
}
