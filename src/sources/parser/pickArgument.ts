import type { Node } from 'web-tree-sitter';
import type { ArgumentRule } from '../../core/mapping/languages/language';

/** The expression of the argument that a rule asks for: of a call, of an annotation, or among the tokens of a macro. */
export function pickArgument(list: Node, { keywords, positions }: ArgumentRule): Node | undefined {
  if (list.type === 'token_tree') return pickToken(list, keywords);
  const all = list.namedChildren.filter(
    (child): child is Node => child !== null && !child.type.includes('comment'),
  );
  const named = all.find((argument) => keywords.includes(keywordOf(argument) ?? ''));
  if (named) return named.childForFieldName('value') ?? named.lastNamedChild ?? undefined;
  const positional = all.filter((argument) => keywordOf(argument) === undefined);
  const position = positions.find((index) => index < positional.length);
  const argument = position === undefined ? undefined : positional[position];
  // What is spread may be anything.
  return argument && /splat|spread/.test(argument.type) ? undefined : argument;
}

/** `name=` of Python, `name:` of C#. */
function keywordOf(argument: Node): string | undefined {
  if (argument.type === 'keyword_argument') return argument.childForFieldName('name')?.text;
  if (argument.type !== 'argument' || argument.namedChildCount < 2) return undefined;
  return argument.childForFieldName('name')?.text;
}

/** `name = "…"` among tokens, else the first text: `info_span!("…", …)`; of `span!(Level::INFO, "…")` the text after the level. */
function pickToken(tree: Node, keywords: readonly string[]): Node | undefined {
  const tokens = tree.children.filter((child): child is Node => child !== null);
  const isText = (token: Node | undefined) => token !== undefined && /string_literal$/.test(token.type);
  const named = tokens.findIndex(
    (token, i) => keywords.includes(token.text) && tokens[i + 1]?.type === '=' && isText(tokens[i + 2]),
  );
  if (named >= 0) return tokens[named + 2];
  const isAttribute = tree.parent?.type === 'attribute';
  return isAttribute
    ? undefined
    : tokens.find((token, i) => isText(token) && !/^[=:]$/.test(tokens[i - 1]?.text ?? ''));
}
