import type { UnnamedSpan } from '../collectCallSites';

/** Where a call has the argument that is looked for: by a keyword, else at the first of some positions that there is. */
export interface ArgumentRule {
  readonly keywords: readonly string[];
  readonly positions: readonly number[];
}

/** How call sites are found in a language. */
export interface SourceLanguage {
  /** The grammar, below `tree-sitter-` and `.wasm`. */
  readonly grammar: string;
  /**
   * Tree-sitter query; captures as `collectCallSites` wants them, but for names, which may also be captured as `span.arguments` or
   * `write.arguments`: then the rules below pick the argument. `fields` are the tokens of a macro that sets `key = value`. Captures that begin
   * with `_` are for conditions only.
   */
  readonly query: string;
  /** Tree-sitter query that captures the name of what is called, at each call, as `call`. */
  readonly calls: string;
  readonly spanName: ArgumentRule;
  readonly writeKey: ArgumentRule;
  readonly unnamed: UnnamedSpan;
}

const first: ArgumentRule = { keywords: [], positions: [0] };

/** A language in which names and keys are first arguments, unless said otherwise. */
export function language(
  grammar: string,
  query: readonly string[],
  rules: Partial<Omit<SourceLanguage, 'grammar' | 'query' | 'calls'>> & Pick<SourceLanguage, 'calls'>,
): SourceLanguage {
  return {
    spanName: first,
    writeKey: first,
    unnamed: 'function',
    ...rules,
    grammar,
    query: query.join('\n'),
  };
}

/** A condition of a query: a capture is one of some texts. */
export function anyOf(capture: string, ...texts: readonly string[]): string {
  return `(#any-of? @${capture} ${texts.map((text) => `"${text}"`).join(' ')})`;
}
