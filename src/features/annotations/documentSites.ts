import type * as vscode from 'vscode';
import type { CallSites, LibraryCall } from '../../core/mapping/callSites';
import { isParsedLanguage, type LanguageId } from '../../core/mapping/languages/languageIds';
import type { SourceParser } from '../../sources/parser/sourceParser';

/** Longest text that is parsed, in characters; longer ones are generated. */
export const maxParsedLength = 2_000_000;

/** The parser's language for a document, if it has one. */
export function parsedLanguage(document: { readonly languageId: string }): LanguageId | undefined {
  return isParsedLanguage(document.languageId) ? document.languageId : undefined;
}

/** The call sites of open documents, parsed once a version. */
export class DocumentSites {
  readonly #parser: SourceParser;
  readonly #parsed = new WeakMap<vscode.TextDocument, { version: number; sites: Promise<CallSites> }>();

  readonly #calls = new WeakMap<
    vscode.TextDocument,
    { version: number; calls: Promise<readonly LibraryCall[]> }
  >();

  constructor(parser: SourceParser) {
    this.#parser = parser;
  }

  /** What a document calls, by name, as it is now. */
  async callsOf(document: vscode.TextDocument): Promise<readonly LibraryCall[]> {
    const language = parsedLanguage(document);
    if (!language || document.isClosed) return [];
    const known = this.#calls.get(document);
    if (known?.version === document.version) return known.calls;
    const calls = this.#parser.calls(language, document.getText());
    this.#calls.set(document, { version: document.version, calls });
    calls.catch(() => this.#calls.delete(document));
    return calls;
  }

  /** The call sites of a document as it is now; `undefined` when its language is not known or it is too long. */
  async of(document: vscode.TextDocument): Promise<CallSites | undefined> {
    const language = parsedLanguage(document);
    if (!language || document.isClosed) return undefined;
    const known = this.#parsed.get(document);
    if (known?.version === document.version) return known.sites;
    const text = document.getText();
    if (text.length > maxParsedLength) return undefined;
    const sites = this.#parser.find(language, text, document.uri.toString());
    this.#parsed.set(document, { version: document.version, sites });
    // What failed is tried again the next time.
    sites.catch(() => this.#parsed.delete(document));
    return sites;
  }
}
