import * as vscode from 'vscode';
import type { AmbiguousSite } from '../../core/mapping/sitesOfFile';
import { cleanText } from '../../core/trace/cleanText';
import { commands } from '../../platform/contributions';
import type { Deps } from '../../platform/deps';
import { DisposableStore } from '../../platform/disposableStore';
import { annotateImported } from './annotateImported';
import { LineEndDecorations } from './decorations';
import { type DocumentSites, parsedLanguage } from './documentSites';
import { allFoundBy } from './foundBy';
import type { LazyCodeMap } from './lazyCodeMap';
import { annotate, type FileAnnotations, type FunctionAnnotation } from './model';
import { fromFile, lensText } from './text';

const redrawMs = 300;
const agingMs = 30_000;

/** Draws on the editors that can be seen: lenses above functions, text at the end of lines. */
export class Annotator implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #deps: Deps;
  readonly #disposables = new DisposableStore();
  readonly #code: LazyCodeMap;
  readonly #sites: DocumentSites;
  readonly #decorations: LineEndDecorations;
  readonly #onDidChangeCodeLenses = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#onDidChangeCodeLenses.event;
  #pending: ReturnType<typeof setTimeout> | undefined;

  constructor(deps: Deps, code: LazyCodeMap) {
    this.#deps = deps;
    this.#code = code;
    this.#sites = code.documents;
    this.#decorations = this.#disposables.add(new LineEndDecorations(deps));
    this.#disposables.add(this.#onDidChangeCodeLenses);
    const redraw = () => this.#redrawSoon();
    this.#disposables.add(deps.store.onDidChange(redraw));
    this.#disposables.add(deps.opened.onDidChange(redraw));
    this.#disposables.add(deps.settings.onDidChange(redraw));
    this.#disposables.add(code.onDidChange(redraw));
    this.#disposables.add(vscode.window.onDidChangeVisibleTextEditors(redraw));
    this.#disposables.add(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (parsedLanguage(document)) redraw();
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

  async provideCodeLenses(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeLens[]> {
    const annotations = await this.#annotate(document);
    if (!annotations || token.isCancellationRequested) return [];
    const isWithin = ({ line }: { readonly line: number }) => line <= document.lineCount;
    return [
      ...annotations.functions.filter((each) => isWithin(each) && each.summary.runs > 0).map(lens),
      ...annotations.ambiguous.filter(isWithin).map(choiceLens),
    ];
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #redrawSoon(): void {
    this.#pending ??= setTimeout(() => {
      this.#pending = undefined;
      this.#onDidChangeCodeLenses.fire();
      for (const editor of vscode.window.visibleTextEditors) {
        this.#draw(editor).catch((error: unknown) => this.#deps.report(error, 'annotate the code'));
      }
    }, redrawMs);
  }

  async #draw(editor: vscode.TextEditor): Promise<void> {
    if (!parsedLanguage(editor.document)) return;
    const { version } = editor.document;
    const annotations = await this.#annotate(editor.document);
    // Another edit came in between: its own drawing follows.
    if (editor.document.version !== version) return;
    if (annotations) this.#decorations.draw(editor, annotations);
    else this.#decorations.clear(editor);
  }

  async #annotate(document: vscode.TextDocument): Promise<FileAnnotations | undefined> {
    const { settings, store, opened } = this.#deps;
    const { areAnnotationsEnabled, inference } = settings.current;
    const hasTraces = store.stats().traces > 0 || opened.files.length > 0;
    if (!areAnnotationsEnabled || !hasTraces) return undefined;
    const callSites = await this.#sites.of(document);
    if (!callSites) return undefined;
    const file = await (await this.#code.get()).fileOf(document, callSites);
    const live = annotate(file, store, inference);
    return annotateImported(file, { live, imported: opened.files }, inference);
  }
}

/** Says that the spans may have been made elsewhere as well, and asks. */
function choiceLens({ site, line, places }: AmbiguousSite): vscode.CodeLens {
  const name = cleanText(site.spanName, 40).replaceAll('$(', '$ (');
  return new vscode.CodeLens(new vscode.Range(line - 1, 0, line - 1, 0), {
    title: vscode.l10n.t('{0} places open “{1}”: choose…', places, name),
    tooltip: vscode.l10n.t('Say which line makes these spans'),
    command: commands.chooseLine,
    arguments: [site.key],
  });
}

function lens({ line, summary, fileName, located }: FunctionAnnotation): vscode.CodeLens {
  const [newest] = summary.newest;
  const range = new vscode.Range(line - 1, 0, line - 1, 0);
  const ids = newest && { traceId: newest.span.traceId, spanId: newest.span.spanId };
  // The chart has the inferences of the store only.
  const isCharted = newest?.inference !== undefined && fileName === undefined;
  return new vscode.CodeLens(range, {
    title: fromFile(lensText(summary, vscode.l10n.t), fileName, vscode.l10n.t),
    tooltip: `${isCharted ? vscode.l10n.t('Show the latency chart') : vscode.l10n.t('Show the newest trace')} (${allFoundBy(located, vscode.l10n.t)})`,
    command: isCharted ? commands.showChart : commands.revealTrace,
    ...(isCharted || !ids ? {} : { arguments: [ids] }),
  });
}
