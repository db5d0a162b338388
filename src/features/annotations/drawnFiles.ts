import type * as vscode from 'vscode';
import type { Deps } from '../../platform/deps';
import { annotateImported } from './annotateImported';
import { type DocumentSites, parsedLanguage } from './documentSites';
import type { LazyCodeMap } from './lazyCodeMap';
import { annotate, type FileAnnotations } from './model';
import { movedAnnotations } from './movedAnnotations';
import type { LineEdit } from './moveLines';

/** How long nobody has typed when what is drawn may change: what comes and goes while somebody types moves the text under their eyes. */
const quietMs = 1000;

interface Drawn {
  annotations: FileAnnotations | undefined;
  revision: number;
  editedAtMs: number;
}

/** What is drawn on each open file: found once a change, and moved along with edits until they rest. */
export class DrawnFiles {
  readonly #deps: Deps & { readonly code: LazyCodeMap };
  readonly #sites: DocumentSites;
  readonly #drawn = new WeakMap<vscode.TextDocument, Drawn>();
  #revision = 1;

  constructor(deps: Deps & { readonly code: LazyCodeMap }) {
    this.#deps = deps;
    this.#sites = deps.code.documents;
  }

  /** What is known has changed: it is found again when it is next asked for. */
  invalidate(): void {
    this.#revision++;
  }

  /** Moves what is drawn on a file along with its edits. */
  edit({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (contentChanges.length === 0) return;
    const drawn = this.#of(document);
    drawn.editedAtMs = performance.now();
    drawn.revision = 0;
    if (drawn.annotations)
      drawn.annotations = movedAnnotations(drawn.annotations, contentChanges.map(lineEdit));
  }

  /** Milliseconds until what is drawn on a file may change. */
  quietInMs(document: vscode.TextDocument): number {
    return Math.max(0, this.#of(document).editedAtMs + quietMs - performance.now());
  }

  /** What is drawn on a file now. */
  current(document: vscode.TextDocument): FileAnnotations | undefined {
    return this.#isOn(document) ? this.#of(document).annotations : undefined;
  }

  /** What is to be drawn on a file; while somebody types, what was drawn before. */
  async find(document: vscode.TextDocument): Promise<FileAnnotations | undefined> {
    const drawn = this.#of(document);
    if (!this.#isOn(document)) return undefined;
    if (drawn.revision === this.#revision || this.quietInMs(document) > 0) return drawn.annotations;
    const revision = this.#revision;
    const { version } = document;
    const annotations = await this.#annotate(document);
    // Another edit came in between: what it moved is nearer to the text than this.
    if (document.version !== version) return drawn.annotations;
    drawn.annotations = annotations;
    drawn.revision = revision;
    return annotations;
  }

  /** What can be said of a file for somebody who asks, also right after an edit: nothing moves by that. */
  async ask(document: vscode.TextDocument): Promise<FileAnnotations | undefined> {
    if (this.quietInMs(document) === 0) return this.find(document);
    return this.#isOn(document) ? this.#annotate(document) : undefined;
  }

  /** What the parser finds in a file. */
  callSites(document: vscode.TextDocument): ReturnType<DocumentSites['of']> {
    return this.#sites.of(document);
  }

  #of(document: vscode.TextDocument): Drawn {
    let drawn = this.#drawn.get(document);
    if (!drawn) {
      drawn = { annotations: undefined, revision: 0, editedAtMs: Number.NEGATIVE_INFINITY };
      this.#drawn.set(document, drawn);
    }
    return drawn;
  }

  #isOn(document: vscode.TextDocument): boolean {
    return this.#deps.settings.current.annotations.isEnabled && parsedLanguage(document) !== undefined;
  }

  async #annotate(document: vscode.TextDocument): Promise<FileAnnotations | undefined> {
    const { settings, store, opened, code } = this.#deps;
    const { inference } = settings.current;
    if (store.stats().traces === 0 && opened.files.length === 0) return undefined;
    const callSites = await this.#sites.of(document);
    if (!callSites) return undefined;
    const file = await (await code.get()).fileOf(document, callSites);
    const live = annotate(file, store, inference);
    return annotateImported(file, { live, imported: opened.files }, inference);
  }
}

function lineEdit({ range, text }: vscode.TextDocumentContentChangeEvent): LineEdit {
  return {
    startLine: range.start.line,
    startCharacter: range.start.character,
    endLine: range.end.line,
    endCharacter: range.end.character,
    addedLines: text.split(/\r\n|\r|\n/).length - 1,
  };
}
