import { anyOf, language } from './language';

const callee = `[
  (member_access_expression name: (identifier) @_callee)
  (conditional_access_expression (member_binding_expression name: (identifier) @_callee))
]`;
const openers = ['StartActivity', 'CreateActivity', 'StartActiveSpan', 'StartSpan', 'StartRootSpan'];

/** C#: .NET's activities, and OpenTelemetry's shim. */
export const csharp = language(
  'c-sharp',
  [
    '(method_declaration name: (identifier) @function.name) @function',
    '(local_function_statement name: (identifier) @function.name) @function',
    '(constructor_declaration name: (identifier) @function.name) @function',
    '(class_declaration name: (identifier) @container.name) @container',
    '(record_declaration name: (identifier) @container.name) @container',
    '(struct_declaration name: (identifier) @container.name) @container',
    '(field_declaration (variable_declaration (variable_declarator name: (identifier) @constant.name (_) @constant.value)))',
    `((invocation_expression function: ${callee} arguments: (argument_list (argument)) @span.arguments) @span ${anyOf('_callee', ...openers)})`,
    `((invocation_expression function: ${callee} arguments: (argument_list . "(" . ")")) @span @span.unnamed (#eq? @_callee "StartActivity"))`,
    `((invocation_expression function: ${callee} arguments: (argument_list) @write.arguments) @write ${anyOf('_callee', 'SetTag', 'AddTag', 'SetAttribute')})`,
  ],
  {
    calls: `(invocation_expression function: [(identifier) @call (member_access_expression name: (identifier) @call)])`,
    spanName: { keywords: ['name'], positions: [0] },
    writeKey: { keywords: ['key'], positions: [0] },
  },
);
