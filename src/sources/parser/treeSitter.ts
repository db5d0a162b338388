import { readFile } from 'node:fs/promises';
import { Language, Parser, Query } from 'web-tree-sitter';
import type { CallSites } from '../../core/mapping/callSites';
import { collectCallSites } from '../../core/mapping/collectCallSites';
import type { LanguageId } from '../../core/mapping/languages/languageIds';
import { languages } from '../../core/mapping/languages/languages';
import { readMatch } from './readMatch';

interface Grammar {
  readonly parser: Parser;
  readonly query: Query;
}

/** Finds call sites with tree-sitter. Grammars are loaded when first needed; `locateFile` gives the path of a .wasm file. */
export class TreeSitterCallSites {
  readonly #locateFile: (name: string) => string;
  readonly #grammars = new Map<LanguageId, Promise<Grammar>>();
  #runtime: Promise<void> | undefined;

  constructor(locateFile: (name: string) => string) {
    this.#locateFile = locateFile;
  }

  /** The call sites of a source text. */
  async find(language: LanguageId, text: string): Promise<CallSites> {
    const { parser, query } = await this.#grammar(language);
    const tree = parser.parse(text);
    if (!tree) throw new Error(`The ${language} parser gave no tree`);
    try {
      const matches = query.matches(tree.rootNode).flatMap((match) => readMatch(match, languages[language]));
      return collectCallSites(matches, languages[language].unnamed);
    } finally {
      tree.delete();
    }
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

  async #load(language: LanguageId): Promise<Grammar> {
    await this.#init();
    const { grammar: name, query } = languages[language];
    const grammar = await Language.load(await readFile(this.#locateFile(`tree-sitter-${name}.wasm`)));
    const parser = new Parser();
    parser.setLanguage(grammar);
    return { parser, query: new Query(grammar, query) };
  }
}
