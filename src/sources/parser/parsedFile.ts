import { Edit, type Node, type Parser, type Query, type QueryMatch, type Tree } from 'web-tree-sitter';
import type { Capture, CaptureMatch } from '../../core/mapping/collectCallSites';
import type { SourceLanguage } from '../../core/mapping/languages/language';
import { type RowRange, rowsToRead } from './changedRows';
import { readMatch } from './readMatch';
import { textEdit } from './textEdit';

/** What a language is parsed with. */
export interface Grammar {
  readonly parser: Parser;
  readonly query: Query;
  readonly calls: Query;
  readonly language: SourceLanguage;
}

interface FoundMatch extends RowRange {
  readonly matches: readonly CaptureMatch[];
}

/** A source text and its tree: of a text that was edited only what changed is parsed and looked at again. */
export class ParsedFile {
  readonly #grammar: Grammar;
  #text = '';
  #tree: Tree | undefined;
  #found: readonly FoundMatch[] = [];

  constructor(grammar: Grammar) {
    this.#grammar = grammar;
  }

  /** The matches of the language's query in a text. */
  matches(text: string): readonly CaptureMatch[] {
    if (this.#tree) this.#change(this.#tree, text);
    else this.#found = this.#query(this.#parse(text).rootNode);
    return this.#found.flatMap(({ matches }) => matches);
  }

  dispose(): void {
    this.#tree?.delete();
    this.#tree = undefined;
  }

  #parse(text: string, old: Tree | null = null): Tree {
    const tree = this.#grammar.parser.parse(text, old);
    if (!tree) throw new Error('The parser gave no tree');
    this.#tree = tree;
    this.#text = text;
    return tree;
  }

  #change(old: Tree, text: string): void {
    const edit = textEdit(this.#text, text);
    if (!edit) return;
    old.edit(new Edit(edit));
    const tree = this.#parse(text, old);
    let [first, last] = [edit.startPosition.row, edit.newEndPosition.row];
    for (const { startPosition, endPosition } of old.getChangedRanges(tree)) {
      first = Math.min(first, startPosition.row);
      last = Math.max(last, endPosition.row);
    }
    old.delete();
    const rows = rowsToRead(tree.rootNode, { first, last });
    const shift = edit.newEndPosition.row - edit.oldEndPosition.row;
    const kept = this.#found.flatMap((found) => {
      if (found.last < rows.first) return [found];
      return found.first > rows.last - shift ? [moved(found, shift)] : [];
    });
    this.#found = [...kept, ...this.#query(tree.rootNode, rows)].sort((a, b) => a.first - b.first);
  }

  #query(root: Node, rows?: RowRange): readonly FoundMatch[] {
    const { query, language } = this.#grammar;
    const range = rows && {
      startPosition: { row: rows.first, column: 0 },
      endPosition: { row: rows.last + 1, column: 0 },
    };
    return query.matches(root, range).flatMap((match) => {
      const { first, last } = rowsOf(match);
      const isWithin = !rows || (first <= rows.last && rows.first <= last);
      return isWithin ? [{ first, last, matches: readMatch(match, language) }] : [];
    });
  }
}

function rowsOf({ captures }: QueryMatch): RowRange {
  let [first, last] = [Number.POSITIVE_INFINITY, 0];
  for (const { node } of captures) {
    first = Math.min(first, node.startPosition.row);
    last = Math.max(last, node.endPosition.row);
  }
  return { first, last };
}

function moved({ first, last, matches }: FoundMatch, rows: number): FoundMatch {
  if (rows === 0) return { first, last, matches };
  const move = (capture: Capture) => ({
    ...capture,
    line: capture.line + rows,
    endLine: capture.endLine + rows,
  });
  return { first: first + rows, last: last + rows, matches: matches.map((match) => match.map(move)) };
}
