import { anyOf, language } from './language';

const named = (capture: string) => `(selector_expression field: (field_identifier) @${capture})`;
const types = [
  'Bool',
  'BoolSlice',
  'Float64',
  'Float64Slice',
  'Int',
  'Int64',
  'Int64Slice',
  'IntSlice',
  'String',
  'StringSlice',
  'Stringer',
];
const isType = anyOf('_type', ...types);
const constant = (spec: string) =>
  `(${spec} name: (identifier) @constant.name value: (expression_list . (_) @constant.value .))`;

/** Much is started in Go: a span is what a tracer starts, or what comes as a pair, `ctx, span := …`, for a server gives an error alone. */
const start = `(call_expression function: (selector_expression operand: (_) @_on field: (field_identifier) @_callee) arguments: (argument_list) @span.arguments) @span (#eq? @_callee "Start")`;
const pairs = ['short_var_declaration', 'assignment_statement'].map(
  (type) => `(${type} left: (expression_list (_) . (_) .) right: (expression_list . ${start} .))`,
);

/** Go: OpenTelemetry's API, and OpenTracing's calls of the same form. */
export const go = language(
  'go',
  [
    '(function_declaration name: (identifier) @function.name) @function',
    '(method_declaration receiver: (parameter_list (parameter_declaration type: [(type_identifier) @function.container (pointer_type (type_identifier) @function.container)])) name: (field_identifier) @function.name) @function',
    `(const_declaration ${constant('const_spec')})`,
    `(source_file (var_declaration ${constant('var_spec')}))`,
    `((call_expression function: ${named('_callee')} arguments: (argument_list) @span.arguments) @span ${anyOf('_callee', 'StartSpan', 'StartSpanFromContext')})`,
    `(${start} (#match? @_on "[tT]race?r"))`,
    ...pairs.map((pair) => `(${pair})`),
    `((call_expression function: (selector_expression operand: (identifier) @_package field: (field_identifier) @_type) arguments: (argument_list) @write.arguments) @write (#eq? @_package "attribute") ${isType})`,
    `((call_expression function: (selector_expression operand: (_) @write.key field: (field_identifier) @_type)) @write ${isType})`,
  ],
  // The context comes first, where there is one.
  {
    calls: `(call_expression function: [(identifier) @call ${named('call')}])`,
    spanName: { keywords: [], positions: [1, 0] },
  },
);
