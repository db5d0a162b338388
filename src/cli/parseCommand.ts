import { parseArgs } from 'node:util';
import { parseDuration } from '../core/duration';
import { cleanText } from '../core/trace/cleanText';
import type { InferenceDefinition } from '../core/trace/inference';
import type { TraceFileFormat } from '../core/traceFile/traceFileDecoder';
import { accessOf, type JaegerAccess } from './parseAccess';
import { inferenceOf } from './parseInference';
import { usageError } from './usageError';

/** Where the traces come from. */
export type TraceOrigin =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'jaeger'; readonly url: string };

/** What the options say; those that a command has no use for are refused. */
export interface CliOptions {
  readonly origin: TraceOrigin;
  readonly services: readonly string[];
  readonly lookbackUs: number;
  readonly limit: number | undefined;
  readonly output: string | undefined;
  readonly format: TraceFileFormat;
  readonly isJson: boolean;
  readonly access: JaegerAccess;
  /** What counts as an inference. */
  readonly definition: InferenceDefinition;
}

/** One call of `whyspan`. */
export type CliCommand =
  | { readonly name: 'help' | 'version' }
  | { readonly name: 'list'; readonly options: CliOptions; readonly showsInferences: boolean }
  | { readonly name: 'show'; readonly options: CliOptions; readonly traceId: string }
  | { readonly name: 'export' | 'import'; readonly options: CliOptions };

const optionTypes = {
  jaeger: { type: 'string' },
  header: { type: 'string', multiple: true },
  'header-env': { type: 'string', multiple: true },
  ca: { type: 'string' },
  service: { type: 'string', multiple: true },
  lookback: { type: 'string' },
  limit: { type: 'string' },
  output: { type: 'string', short: 'o' },
  format: { type: 'string' },
  inferences: { type: 'boolean' },
  'span-name': { type: 'string' },
  'latency-attribute': { type: 'string' },
  'prediction-attribute': { type: 'string' },
  'latency-unit': { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

type Values = ReturnType<typeof parse>['values'];

const ofAccess = ['jaeger', 'header', 'header-env', 'ca'];
const ofJaeger = [...ofAccess, 'service', 'lookback', 'limit'];
const ofJaegerOnly = ['service', 'lookback', 'header', 'header-env', 'ca'] as const;
const ofInferences = ['span-name', 'latency-attribute', 'prediction-attribute', 'latency-unit'];
const allowed: Readonly<Record<string, readonly string[]>> = {
  list: [...ofJaeger, 'inferences', ...ofInferences, 'json'],
  show: [...ofAccess, 'json'],
  export: [...ofJaeger, 'output', 'format'],
  import: ['output', 'format', 'json'],
};

/** The command that the arguments mean. Throws a CliError 'usage'. */
export function parseCommand(args: readonly string[]): CliCommand {
  const { values, positionals } = parse(args);
  if (values.version) return { name: 'version' };
  const [name, ...rest] = positionals;
  if (values.help || name === 'help') return { name: 'help' };
  if (name === undefined) throw usageError('say what to do: list, show, export or import');
  const known = Object.hasOwn(allowed, name) ? allowed[name] : undefined;
  if (!known) throw usageError(`there is no command “${cleanText(name, 40)}”`);
  for (const option of Object.keys(values)) {
    if (!known.includes(option)) throw usageError(`${name} has no option --${option}`);
  }
  if (name !== 'show') return commandOf(name, values, rest);
  const [traceId, ...files] = rest;
  if (traceId === undefined || !/^[0-9a-f]{1,32}$/i.test(traceId)) {
    throw usageError('show needs a trace id, which has up to 32 hexadecimal digits');
  }
  return { name, traceId: traceId.toLowerCase(), options: optionsOf(values, files) };
}

function commandOf(name: string, values: Values, files: readonly string[]): CliCommand {
  const options = optionsOf(values, files);
  if (name === 'list') return { name, options, showsInferences: values.inferences ?? false };
  return { name: name === 'import' ? 'import' : 'export', options };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: optionTypes, allowPositionals: true, strict: true });
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('. ')[0] ?? '') : '';
    throw usageError(cleanText(message, 120));
  }
}

function optionsOf(values: Values, files: readonly string[]): CliOptions {
  return {
    origin: originOf(values, files),
    services: values.service ?? [],
    lookbackUs: lookbackOf(values.lookback ?? '1h'),
    limit: values.limit === undefined ? undefined : limitOf(values.limit),
    output: values.output,
    format: formatOf(values.format ?? 'jaeger'),
    isJson: values.json ?? false,
    access: accessOf(values),
    definition: inferenceOf(values),
  };
}

function originOf(values: Values, files: readonly string[]): TraceOrigin {
  const { jaeger } = values;
  if (files.length > 1) throw usageError('one file at a time');
  const [path] = files;
  if (jaeger === undefined && path === undefined)
    throw usageError('name a file, or a Jaeger with --jaeger URL');
  if (jaeger !== undefined && path !== undefined) throw usageError('a file or --jaeger, not both');
  if (jaeger !== undefined) return { kind: 'jaeger', url: jaeger };
  const misplaced = ofJaegerOnly.find((option) => values[option] !== undefined);
  if (misplaced) throw usageError(`--${misplaced} is for a Jaeger: a file is read whole`);
  return { kind: 'file', path: path ?? '' };
}

function lookbackOf(text: string): number {
  return parseDuration(text) ?? fail('--lookback is a time such as 15m, 2h or 1h 30m');
}

function limitOf(text: string): number {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : fail('--limit is a whole number, 1 or more');
}

function formatOf(text: string): TraceFileFormat {
  return text === 'jaeger' || text === 'otlp' ? text : fail('--format is jaeger or otlp');
}

function fail(message: string): never {
  throw usageError(message);
}
