import { anyOf, language } from './language';

const call = (callee: string, names: readonly string[], rest: string) =>
  `((call function: (attribute attribute: (identifier) @_${callee}) arguments: (argument_list) @${callee}.arguments) @${callee} ${anyOf(`_${callee}`, ...names)} ${rest})`;
const openers = ['start_as_current_span', 'start_span'];

const pairs = (rest: string) => `(argument_list ${rest}) @_arguments`;
const pair = '(dictionary (pair key: (_) @write.key) @write)';
const callWith = (names: readonly string[], rest: string, keyword = '') =>
  `((call function: (attribute attribute: (identifier) @_callee) arguments: ${pairs(rest)}) ${anyOf('_callee', ...names)} ${keyword})`;
const attributesKeyword = `(keyword_argument name: (identifier) @_keyword value: ${pair})`;

/** OpenInference's decorators, which call the span as the function unless they are given a name. */
const kinds = ['chain', 'agent', 'tool', 'llm'];
const decorated = (decorator: string) =>
  `(decorated_definition (decorator ${decorator}) definition: (function_definition name: (identifier) @span.function))`;
const tracerKind = `(attribute object: (identifier) @_tracer attribute: (identifier) @_kind)`;
const isTracerKind = `(#match? @_tracer "[tT]racer$") ${anyOf('_kind', ...kinds)}`;

const assignment = (left: string) =>
  `(expression_statement (assignment left: ${left} right: (_) @constant.value))`;

/** Python: OpenTelemetry's API, and OpenInference's decorators. */
export const python = language(
  'python',
  [
    '(function_definition name: (identifier) @function.name) @function',
    '(class_definition name: (identifier) @container.name) @container',
    `(module ${assignment('(identifier) @constant.name')})`,
    `(class_definition body: (block ${assignment('(identifier) @constant.name')}))`,
    call('span', openers, ''),
    `(${decorated(
      '(call function: (attribute attribute: (identifier) @_span) arguments: (argument_list) @span.arguments) @span',
    )} ${anyOf('_span', ...openers)})`,
    `(${decorated(`${tracerKind} @span @span.unnamed`)} ${isTracerKind})`,
    `(${decorated(`(call function: ${tracerKind} arguments: (argument_list) @span.arguments) @span`)} ${isTracerKind})`,
    call('write', ['set_attribute'], ''),
    callWith(['set_attributes'], pair),
    callWith(['set_attributes', ...openers], attributesKeyword, '(#eq? @_keyword "attributes")'),
  ],
  {
    calls: '(call function: [(identifier) @call (attribute attribute: (identifier) @call)])',
    spanName: { keywords: ['name'], positions: [0] },
    writeKey: { keywords: ['key'], positions: [0] },
  },
);
