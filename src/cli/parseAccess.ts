import { cleanText } from '../core/trace/cleanText';
import { usageError } from './usageError';

/** How a Jaeger is asked, beside its URL. */
export interface JaegerAccess {
  readonly headers: Readonly<Record<string, string>>;
  /** Names of environment variables by the name of the header that they are for. */
  readonly headersOfEnv: Readonly<Record<string, string>>;
  readonly caFile: string | undefined;
}

/** What the options say about it, unread. */
export interface AccessOptions {
  readonly header?: readonly string[] | undefined;
  readonly 'header-env'?: readonly string[] | undefined;
  readonly ca?: string | undefined;
}

/** Names of headers that hold secrets, as far as names tell. */
const secret = /authori[sz]ation|cookie|token|secret|password|api-?key/i;

/** Reads how a Jaeger is asked. Throws a CliError 'usage', also for a secret that everyone on the machine could read. */
export function accessOf(options: AccessOptions): JaegerAccess {
  const headers = pairsOf('header', options.header);
  for (const name of Object.keys(headers)) {
    if (!secret.test(name)) continue;
    throw usageError(
      `a secret does not belong among the arguments, where others see it: put it into a variable, and --header-env “${cleanText(name, 40)}: VARIABLE”`,
    );
  }
  return { headers, headersOfEnv: pairsOf('header-env', options['header-env']), caFile: options.ca };
}

function pairsOf(option: string, lines: readonly string[] = []): Readonly<Record<string, string>> {
  const pairs = lines.map((line): readonly [string, string] => {
    const [, name, value] = /^\s*([^\s:]+)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
    const what = option === 'header' ? 'value' : 'VARIABLE';
    if (name === undefined || !value) throw usageError(`--${option} is written “Name: ${what}”`);
    return [name, value];
  });
  return Object.fromEntries(pairs);
}
