import { asArray, asObject, own } from '../../core/decode/jsonValue';
import type { Variables } from './runVariables';

/** A debug configuration, as the debuggers' own settings leave it. */
export type Configuration = Readonly<Record<string, unknown>>;

type Form = 'env' | 'environment';

/** The debuggers that take variables, and where: `env` is an object, `environment` a list of names and values. */
const forms = new Map<string, Form>([
  ...[
    ...['python', 'debugpy', 'node', 'pwa-node', 'node-terminal', 'go', 'java', 'coreclr', 'clr'],
    ...['lldb', 'lldb-dap', 'php', 'rdbg', 'dart', 'bun'],
  ].map((type) => [type, 'env'] as const),
  ...['cppdbg', 'cppvsdbg'].map((type) => [type, 'environment'] as const),
]);

/**
 * What takes a variable away that a program would inherit. Null, where the debugger itself applies it; JavaScript's loses it on
 * the way into a terminal, but to its OpenTelemetry an empty variable is an unset one, as the specification has it.
 */
const absences = new Map<string, null | ''>([
  ...['python', 'debugpy', 'go'].map((type) => [type, null] as const),
  ...['node', 'pwa-node', 'node-terminal'].map((type) => [type, ''] as const),
]);

/** The value with which a configuration's program does without a variable; `undefined` when there is none that is safe. */
export function absenceIn({ type }: Configuration): null | '' | undefined {
  return typeof type === 'string' ? absences.get(type) : undefined;
}

/** The variables that a configuration sets; `undefined` when it starts no program, or it is unknown how it would take any. */
export function variablesIn(configuration: Configuration): Variables | undefined {
  const form = formOf(configuration);
  if (form === undefined) return undefined;
  const value = own(configuration, form) ?? undefined;
  if (form === 'env') {
    const env = value === undefined ? {} : asObject(value);
    return env && Object.fromEntries(Object.entries(env).map(([name, set]) => [name, textOf(set)]));
  }
  if (value !== undefined && !Array.isArray(value)) return undefined;
  return Object.fromEntries(
    asArray(value).flatMap((item) => {
      const { name, value: set } = asObject(item) ?? {};
      return typeof name === 'string' ? [[name, textOf(set)]] : [];
    }),
  );
}

/** A configuration with more variables, or without some; call it with what `variablesIn` takes. */
export function withVariables<T extends Configuration>(
  configuration: T,
  added: Readonly<Record<string, string | null>>,
): T {
  if (formOf(configuration) === 'env')
    return { ...configuration, env: { ...asObject(own(configuration, 'env')), ...added } };
  const environment = [
    ...asArray(own(configuration, 'environment')),
    ...Object.entries(added).map(([name, value]) => ({ name, value })),
  ];
  return { ...configuration, environment };
}

/** The files with variables that a configuration names. */
export function envFilesIn(configuration: Configuration): readonly string[] {
  const named = own(configuration, 'envFile');
  return (Array.isArray(named) ? named : [named]).filter(
    (file): file is string => typeof file === 'string' && file !== '',
  );
}

function formOf(configuration: Configuration): Form | undefined {
  const { type, request } = configuration;
  return request === 'launch' && typeof type === 'string' ? forms.get(type) : undefined;
}

/** Null, with which some debuggers unset a variable, is set by the user, too. */
function textOf(value: unknown): string {
  return value === null || value === undefined ? '' : String(value);
}
