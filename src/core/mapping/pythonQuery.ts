const literal = (capture: string) =>
  `(string . (string_start) . (string_content) @${capture} . (string_end) .)`;
const openers = '(#any-of? @opener "start_as_current_span" "start_span")';

// Comments are nodes as well, and may stand before the first argument (`(comment)*` would need at least one, too).
const first = (node: string) => [`. ${node}`, `. (comment)+ . ${node}`];
const keyword = (name: string, value: string) =>
  `(keyword_argument name: (identifier) @kw value: ${value} (#eq? @kw "${name}"))`;

const spanCall = (name: string) =>
  `(call function: (attribute attribute: (identifier) @opener) arguments: (argument_list ${name})) @span`;
const names = [literal('span.name'), '(identifier) @span.constant'].flatMap((name) => [
  ...first(name),
  keyword('name', name),
]);

const writeCall = (key: string) =>
  `((call function: (attribute attribute: (identifier) @setter) arguments: (argument_list ${key})) @write (#eq? @setter "set_attribute"))`;
const keys = [literal('write.key'), '(identifier) @write.constant'].flatMap((key) => [
  ...first(key),
  keyword('key', key),
]);

const writes = (pairs: string) =>
  `((call function: (attribute attribute: (identifier) @setter) arguments: (argument_list ${pairs})) (#eq? @setter "set_attributes"))`;
const pair = (key: string) => `(dictionary (pair key: ${key}) @write)`;
const pairs = [literal('write.key'), '(identifier) @write.constant'].flatMap((key) => [
  pair(key),
  keyword('attributes', pair(key)),
]);

const assignment = (value: string) =>
  `(module (expression_statement (assignment left: (identifier) @constant.name right: ${value})))`;

/** Tree-sitter query for Python; captures as `collectCallSites` wants them. Comments and strings never match. */
export const pythonQuery = [
  '(function_definition name: (identifier) @function.name) @function',
  assignment(literal('constant.value')),
  // A name without a value: one that is computed is no constant.
  assignment('[(call) (identifier) (attribute) (subscript) (binary_operator) (conditional_expression)]'),
  ...names.map((name) => `(${spanCall(name)} ${openers})`),
  ...names.map(
    (name) =>
      `((decorated_definition (decorator ${spanCall(name)}) definition: (function_definition name: (identifier) @span.function)) ${openers})`,
  ),
  ...keys.map(writeCall),
  ...pairs.map(writes),
].join('\n');
