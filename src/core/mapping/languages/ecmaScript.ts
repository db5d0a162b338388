import { anyOf, language, type SourceLanguage } from './language';

const openers = ['startActiveSpan', 'startSpan'];
const method = '(member_expression property: (property_identifier) @_callee)';
const withObject = (object: string) =>
  `(call_expression function: ${method} arguments: (arguments ${object}))`;
const entries = '(object (pair key: (_) @write.key) @write)';
const entriesOfConstants =
  '(object (pair key: (property_identifier) @constant.name value: [(string) (template_string)] @constant.value))';
const functions = '[(arrow_function) (function_expression) (generator_function)]';

const calls =
  '(call_expression function: [(identifier) @call (member_expression property: (property_identifier) @call)])';

const common = [
  '(function_declaration name: (identifier) @function.name) @function',
  '(generator_function_declaration name: (identifier) @function.name) @function',
  '(method_definition name: [(property_identifier) (private_property_identifier)] @function.name) @function',
  `(variable_declarator name: (identifier) @function.name value: ${functions}) @function`,
  `(pair key: (property_identifier) @function.name value: ${functions}) @function`,
  `(assignment_expression left: (member_expression property: (property_identifier) @function.name) right: ${functions}) @function`,
  '(program (lexical_declaration (variable_declarator name: (identifier) @constant.name value: (_) @constant.value)))',
  '(program (export_statement (lexical_declaration (variable_declarator name: (identifier) @constant.name value: (_) @constant.value))))',
  // The entries of an object of constants, by their own names.
  `(program (lexical_declaration (variable_declarator value: ${entriesOfConstants})))`,
  `(program (export_statement (lexical_declaration (variable_declarator value: ${entriesOfConstants}))))`,
  `((call_expression function: ${method} arguments: (arguments) @span.arguments) @span ${anyOf('_callee', ...openers)})`,
  `((call_expression function: ${method} arguments: (arguments) @write.arguments) @write (#eq? @_callee "setAttribute"))`,
  `(${withObject(entries)} (#eq? @_callee "setAttributes"))`,
  `(${withObject(`(object (pair key: (property_identifier) @_key value: ${entries}))`)} (#eq? @_key "attributes") ${anyOf('_callee', ...openers)})`,
];

/** `{ … } as const` */
const typedConstants = `[(as_expression ${entriesOfConstants}) (satisfies_expression ${entriesOfConstants})]`;

/** What a decorator decorates; other decorators and comments may stand between. */
const decorated = '. [(decorator) (comment)]* . (method_definition name: (_) @span.function)';

/** A decorator of Nest's kind, `@Span('name')`, which calls the span as the method unless it is given a name. */
const decorators = [
  `((decorator (call_expression function: (identifier) @_decorator arguments: (arguments (_)) @span.arguments) @span) ${decorated} (#eq? @_decorator "Span"))`,
  `((decorator (call_expression function: (identifier) @_decorator arguments: (arguments . ")")) @span @span.unnamed) ${decorated} (#eq? @_decorator "Span"))`,
];

/** JavaScript, with JSX. */
export const javascript: SourceLanguage = language(
  'javascript',
  [
    ...common,
    '(class_declaration name: (identifier) @container.name) @container',
    `(field_definition property: (property_identifier) @function.name value: ${functions}) @function`,
    '(class_body (field_definition property: (property_identifier) @constant.name value: [(string) (template_string)] @constant.value))',
  ],
  { unnamed: 'container.function', calls },
);

const typed = [
  ...common,
  ...decorators,
  `(program (lexical_declaration (variable_declarator value: ${typedConstants})))`,
  `(program (export_statement (lexical_declaration (variable_declarator value: ${typedConstants}))))`,
  '(class_declaration name: (type_identifier) @container.name) @container',
  `(public_field_definition name: (property_identifier) @function.name value: ${functions}) @function`,
  '(class_body (public_field_definition name: (property_identifier) @constant.name value: [(string) (template_string)] @constant.value))',
  '(enum_body (enum_assignment name: (property_identifier) @constant.name value: (string) @constant.value))',
];

/** TypeScript. */
export const typescript: SourceLanguage = language('typescript', typed, {
  unnamed: 'container.function',
  calls,
});

/** TypeScript with JSX. */
export const tsx: SourceLanguage = language('tsx', typed, { unnamed: 'container.function', calls });
