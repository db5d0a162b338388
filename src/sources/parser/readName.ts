import type { Node } from 'web-tree-sitter';
import type { NamePart } from '../../core/mapping/namePart';
import { escapedText } from './escapedText';

const unknown: readonly NamePart[] = [{ kind: 'unknown' }];
const text = (value: string): NamePart => ({ kind: 'text', text: value });

/** Strings, whatever a grammar calls them. */
const strings = new Set([
  ...['string', 'template_string', 'concatenated_string'],
  ...['interpreted_string_literal', 'raw_string_literal', 'string_literal'],
  ...['interpolated_string_expression', 'verbatim_string_literal'],
]);
const contents = new Set([
  ...['string_content', 'string_fragment', 'multiline_string_fragment', 'raw_string_content'],
  ...['interpreted_string_literal_content', 'raw_string_literal_content', 'string_literal_content'],
]);
const substitutions = new Set(['interpolation', 'template_substitution']);
const names = new Set(['identifier', 'type_identifier', 'field_identifier']);
/** By the type of a node that takes a member of something: the field with the member's name. */
const members: Readonly<Record<string, string>> = {
  attribute: 'attribute',
  member_expression: 'property',
  selector_expression: 'field',
  field_access: 'field',
  scoped_identifier: 'name',
  member_access_expression: 'name',
};
const wrappers = new Set([
  ...['parenthesized_expression', 'as_expression', 'satisfies_expression', 'non_null_expression', 'argument'],
  ...['reference_expression', 'computed_property_name'],
]);
const calls = new Set(['call', 'call_expression', 'method_invocation', 'invocation_expression']);
/** Calls that give their first argument as a key or a text. */
const keyMakers =
  /(?:^|\W)(?:(?:boolean|double|long|string)(?:Array)?Key|attribute\.Key|(?:Key|String)::(?:new|from|from_static_str|from_static))$/;
/** Calls that give what they are called on. */
const sameText = /\.(?:into|to_string|to_owned|clone|as_str)$/;
const formats = /(?:^|\W)(?:Sprintf|String\.format|string\.Format|format|formatted)!?$/;
/** What a format string leaves open: `%d`, `%5.2f`, `{}`, `{name:>8}`. */
const holes = /%[-+ #0-9.*]*[a-zA-Z]|\{[^{}]*\}/;
const deepest = 12;

/** The text that an expression computes, piece by piece. */
export function readName(node: Node, depth = 0): readonly NamePart[] {
  const { type } = node;
  if (depth > deepest) return unknown;
  if (strings.has(type)) return stringParts(node, depth);
  if (type === 'property_identifier') return [text(node.text)];
  if (names.has(type)) return [{ kind: 'reference', name: node.text }];
  const member = members[type];
  if (member) return [{ kind: 'reference', name: node.childForFieldName(member)?.text ?? '' }];
  if (wrappers.has(type)) {
    const inner = node.firstNamedChild;
    return inner ? readName(inner, depth + 1) : unknown;
  }
  if (type === 'binary_operator' || type === 'binary_expression') return sumParts(node, depth);
  return calls.has(type) || type === 'macro_invocation' ? callParts(node, depth) : unknown;
}

/** A sum of texts; deep ones are sums of sums, on the left. */
function sumParts(node: Node, depth: number): readonly NamePart[] {
  const [left, right] = [node.childForFieldName('left'), node.childForFieldName('right')];
  const operator = node.childForFieldName('operator')?.text;
  if (operator === '%' && left && strings.has(left.type)) return readName(left, depth + 1).flatMap(withHoles);
  const isSum = operator === '+';
  return isSum && left && right ? [...readName(left, depth + 1), ...readName(right, depth + 1)] : unknown;
}

function stringParts(node: Node, depth: number): readonly NamePart[] {
  const { type } = node;
  if (type === 'concatenated_string')
    return node.namedChildren.flatMap((child) => (child ? readName(child, depth + 1) : []));
  if (type === 'verbatim_string_literal') return [text(node.text.slice(2, -1).replaceAll('""', '"'))];
  const isRaw = /^[a-z]*r/i.test(node.firstChild?.text ?? '') && node.firstChild?.type === 'string_start';
  return node.children.flatMap((child): readonly NamePart[] => {
    if (child === null) return [];
    if (substitutions.has(child.type)) return unknown;
    if (child.type === 'escape_sequence') return [text(escapedText(child.text))];
    return contents.has(child.type) ? [text(isRaw ? child.text : contentText(child))] : [];
  });
}

/** Python's grammar has the escapes of a text within it. */
function contentText(node: Node): string {
  let [from, result] = [0, ''];
  const all = node.text;
  for (const child of node.namedChildren) {
    if (child === null) continue;
    const at = child.startIndex - node.startIndex;
    result += all.slice(from, at);
    if (child.type === 'escape_sequence') result += escapedText(child.text);
    else result += child.text === '{{' ? '{' : child.text === '}}' ? '}' : child.text;
    from = at + child.text.length;
  }
  return result + all.slice(from);
}

function callParts(node: Node, depth: number): readonly NamePart[] {
  const callee = node.childForFieldName('function') ?? node.childForFieldName('macro');
  const called =
    callee?.text ??
    `${node.childForFieldName('object')?.text ?? ''}.${node.childForFieldName('name')?.text ?? ''}`;
  const list = node.childForFieldName('arguments') ?? node.namedChildren.at(-1);
  const [argument] = list?.namedChildren ?? [];
  if (keyMakers.test(called)) return argument ? readName(argument, depth + 1) : unknown;
  const on = callee?.firstNamedChild ?? node.childForFieldName('object');
  if (sameText.test(called) && on) return readName(on, depth + 1);
  if (!formats.test(called)) return unknown;
  // `"…".format(x)` has the text before the call, `format("…", x)` in it.
  const format = on && strings.has(on.type) ? on : argument;
  return format ? readName(format, depth + 1).flatMap(withHoles) : unknown;
}

function withHoles(part: NamePart): readonly NamePart[] {
  if (part.kind !== 'text') return [part];
  return part.text.split(holes).flatMap((piece, i) => (i === 0 ? [text(piece)] : [...unknown, text(piece)]));
}
