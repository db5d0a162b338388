import { anyOf, language } from './language';

const annotated = (annotation: string) =>
  `(method_declaration (modifiers ${annotation} @span) name: (identifier) @span.function)`;
const value =
  '(annotation_argument_list [(string_literal) (identifier) (field_access) (binary_expression)] @span.name)';
const valueOfPair =
  '(annotation_argument_list (element_value_pair key: (identifier) @_key value: (_) @span.name))';

/** Java: OpenTelemetry's API and its annotations. */
export const java = language(
  'java',
  [
    '(method_declaration name: (identifier) @function.name) @function',
    '(constructor_declaration name: (identifier) @function.name) @function',
    '(class_declaration name: (identifier) @container.name) @container',
    '(record_declaration name: (identifier) @container.name) @container',
    '(enum_declaration name: (identifier) @container.name) @container',
    '(interface_declaration name: (identifier) @container.name) @container',
    '(field_declaration declarator: (variable_declarator name: (identifier) @constant.name value: (_) @constant.value))',
    '((method_invocation name: (identifier) @_callee arguments: (argument_list) @span.arguments) @span (#eq? @_callee "spanBuilder"))',
    `(${annotated(`(annotation name: (identifier) @_annotation arguments: ${value})`)} (#eq? @_annotation "WithSpan"))`,
    `(${annotated(`(annotation name: (identifier) @_annotation arguments: ${valueOfPair})`)} (#eq? @_annotation "WithSpan") (#eq? @_key "value"))`,
    `(${annotated('[(marker_annotation name: (identifier) @_annotation) (annotation name: (identifier) @_annotation)] @span.unnamed')} (#eq? @_annotation "WithSpan"))`,
    `((method_invocation name: (identifier) @_callee arguments: (argument_list) @write.arguments) @write ${anyOf('_callee', 'setAttribute')})`,
    `((method_invocation object: (_) @_builder name: (identifier) @_callee arguments: (argument_list) @write.arguments) @write (#eq? @_callee "put") (#match? @_builder "Attributes\\\\s*\\\\.\\\\s*builder"))`,
    `((method_invocation object: (identifier) @_class name: (identifier) @_callee arguments: (argument_list) @write.arguments) @write (#eq? @_class "Attributes") (#eq? @_callee "of"))`,
  ],
  { unnamed: 'container.function', calls: '(method_invocation name: (identifier) @call)' },
);
