import type { Node } from 'web-tree-sitter';

/** A field that a macro of Rust's `tracing` sets: `storage.latency_ms = …`. */
export interface MacroField {
  readonly key: string;
  readonly node: Node;
}

/** The fields among a macro's tokens; of `#[instrument(…)]`, those within `fields(…)`. */
export function macroFields(tree: Node): readonly MacroField[] {
  const tokens = tree.children.filter((child): child is Node => child !== null);
  if (tree.parent?.type === 'attribute') {
    const inner = tokens.find((token, i) => token.type === 'token_tree' && tokens[i - 1]?.text === 'fields');
    return inner ? assigned(inner.children.filter((child): child is Node => child !== null)) : [];
  }
  return assigned(tokens);
}

function assigned(tokens: readonly Node[]): readonly MacroField[] {
  const fields: MacroField[] = [];
  let [key, start] = ['', tokens[0]];
  for (const token of tokens) {
    if (token.type === '=' && key !== '' && start) fields.push({ key, node: start });
    const isPart = token.type === 'identifier' || token.type === '.' || token.type === 'type';
    if (isPart && key === '') start = token;
    key = isPart ? key + token.text : '';
  }
  return fields.filter(({ key }) => key !== 'name' && key !== 'target' && key !== 'parent');
}
