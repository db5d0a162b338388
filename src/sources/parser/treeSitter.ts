import { readFile } from 'node:fs/promises';
import { Language, Parser, Query } from 'web-tree-sitter';
import type { CallSites, LibraryCall } from '../../core/mapping/callSites';
import { collectCallSites } from '../../core/mapping/collectCallSites';
import type { LanguageId } from '../../core/mapping/languages/languageIds';
import { languages } from '../../core/mapping/languages/languages';
import { type Grammar, ParsedFile } from './parsedFile';

/** Most files of which the tree is kept, to parse them again after an edit. */
const mostKept = 12;

/** Finds call sites with tree-sitter. Grammars are loaded when first needed; `locateFile` gives the path of a .wasm file. */
export class TreeSitterCallSites {
  readonly #locateFile: (name: string) => string;
  readonly #grammars = new Map<LanguageId, Promise<Grammar>>();
  /** By language and name, the one that was asked for last at the end. */
  readonly #files = new Map<string, ParsedFile>();
  #runtime: Promise<void> | undefined;

  constructor(locateFile: (name: string) => string) {
    this.#locateFile = locateFile;
  }

  /** The call sites of a source text. Of a file with a name the next text is parsed faster. */
  async find(language: LanguageId, text: string, name?: string): Promise<CallSites> {
    const grammar = await this.#grammar(language);
    const key = name === undefined ? undefined : `${language} ${name}`;
    const file = (key !== undefined && this.#files.get(key)) || new ParsedFile(grammar);
    if (key !== undefined) this.#files.delete(key);
    try {
      const matches = file.matches(text);
      if (key !== undefined) this.#keep(key, file);
      return collectCallSites(matches, languages[language].unnamed);
    } finally {
      if (key === undefined || this.#files.get(key) !== file) file.dispose();
    }
  }

  /** What is called in a source text, by its name, in the order of the text. */
  async calls(language: LanguageId, text: string): Promise<readonly LibraryCall[]> {
    const { parser, calls } = await this.#grammar(language);
    const tree = parser.parse(text);
    if (!tree) throw new Error('The parser gave no tree');
    try {
      return calls
        .captures(tree.rootNode)
        .map(({ node }) => ({ name: node.text, line: node.startPosition.row + 1 }));
    } finally {
      tree.delete();
    }
  }

  #keep(key: string, file: ParsedFile): void {
    this.#files.set(key, file);
    const [oldest] = this.#files.keys();
    if (this.#files.size <= mostKept || oldest === undefined) return;
    this.#files.get(oldest)?.dispose();
    this.#files.delete(oldest);
  }

  #grammar(language: LanguageId): Promise<Grammar> {
    const known = this.#grammars.get(language);
    if (known) return known;
    const loading = this.#load(language);
    this.#grammars.set(language, loading);
    // A grammar that could not be loaded is tried again the next time.
    loading.catch(() => this.#grammars.delete(language));
    return loading;
  }

  #init(): Promise<void> {
    if (this.#runtime) return this.#runtime;
    const starting = Parser.init({ locateFile: this.#locateFile });
    this.#runtime = starting;
    starting.catch(() => {
      this.#runtime = undefined;
    });
    return starting;
  }

  async #load(id: LanguageId): Promise<Grammar> {
    await this.#init();
    const language = languages[id];
    const grammar = await Language.load(
      await readFile(this.#locateFile(`tree-sitter-${language.grammar}.wasm`)),
    );
    const parser = new Parser();
    parser.setLanguage(grammar);
    return {
      parser,
      query: new Query(grammar, language.query),
      calls: new Query(grammar, language.calls),
      language,
    };
  }
}
