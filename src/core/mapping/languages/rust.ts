import { anyOf, language } from './language';

const instrument =
  '(attribute_item (attribute [(identifier) @_attribute (scoped_identifier name: (identifier) @_attribute)]';
const covered =
  '. [(attribute_item) (line_comment) (block_comment)]* . (function_item name: (identifier) @span.function)';
const macro = '[(identifier) @_macro (scoped_identifier name: (identifier) @_macro)]';
const spanMacros = ['span', 'trace_span', 'debug_span', 'info_span', 'warn_span', 'error_span'];
const types = ['array', 'bool', 'f64', 'i64', 'string'];
const method = '(field_expression value: (_) @_on field: (field_identifier) @_callee)';

/** Rust: OpenTelemetry's API, and `tracing`'s macros and attribute. */
export const rust = language(
  'rust',
  [
    '(function_item name: (identifier) @function.name) @function',
    '(impl_item type: [(type_identifier) @container.name (generic_type type: (type_identifier) @container.name)]) @container',
    '(trait_item name: (type_identifier) @container.name) @container',
    '(const_item name: (identifier) @constant.name value: (_) @constant.value)',
    '(static_item name: (identifier) @constant.name value: (_) @constant.value)',
    `((call_expression function: ${method} arguments: (arguments) @span.arguments) @span ${anyOf('_callee', 'in_span', 'span_builder')})`,
    // Much else is started and built.
    `((call_expression function: ${method} arguments: (arguments) @span.arguments) @span ${anyOf('_callee', 'start', 'start_with_context', 'build')} (#match? @_on "[tT]racer"))`,
    `((macro_invocation macro: ${macro} (token_tree) @span.arguments @fields) @span ${anyOf('_macro', ...spanMacros)})`,
    `(${instrument} !arguments)) @span @span.unnamed ${covered} (#eq? @_attribute "instrument"))`,
    `(${instrument} arguments: (token_tree) @span.arguments @fields)) @span @span.unnamed ${covered} (#eq? @_attribute "instrument"))`,
    '((call_expression function: (scoped_identifier path: (identifier) @_type name: (identifier) @_new) arguments: (arguments) @write.arguments) @write (#eq? @_type "KeyValue") (#eq? @_new "new"))',
    `((call_expression function: (field_expression value: (_) @write.key field: (field_identifier) @_type)) @write ${anyOf('_type', ...types)})`,
    `((call_expression function: ${method} arguments: (arguments) @write.arguments) @write (#eq? @_callee "record"))`,
  ],
  {
    calls:
      '(call_expression function: [(identifier) @call (field_expression field: (field_identifier) @call) (scoped_identifier name: (identifier) @call)])',
    spanName: { keywords: ['name'], positions: [0] },
  },
);
