import { readFile } from 'node:fs/promises';
import { cleanText } from '../core/trace/cleanText';
import { type Connection, type ConnectionAuth, plainConnection } from '../sources/connection';
import type { CliIo } from './cliIo';
import { CliError, exitCodes } from './exitCode';
import type { JaegerAccess } from './parseAccess';
import { usageError } from './usageError';

/** A Jaeger, and the secret for it. */
export interface JaegerConnection {
  readonly connection: Connection;
  readonly secret: string | undefined;
}

/** The Jaeger that the options and the environment mean. Throws a CliError. */
export async function jaegerConnection(
  url: string,
  { headers, headersOfEnv, caFile }: JaegerAccess,
  env: CliIo['env'],
): Promise<JaegerConnection> {
  const all: Record<string, string> = { ...headers };
  for (const [name, variable] of Object.entries(headersOfEnv)) {
    const value = env[variable]?.trim();
    if (!value) throw usageError(`--header-env: the variable ${cleanText(variable, 40)} is not set`);
    all[name] = value;
  }
  if (caFile !== undefined) await checkReadable(caFile);
  const { auth, secret } = authOf(env);
  return { connection: { ...plainConnection('--jaeger', url), headers: all, caFile, auth }, secret };
}

function authOf(env: CliIo['env']): { readonly auth: ConnectionAuth; readonly secret: string | undefined } {
  const token = env.WHYSPAN_TOKEN?.trim();
  const username = env.WHYSPAN_USERNAME;
  if (token && username) throw usageError('WHYSPAN_TOKEN or WHYSPAN_USERNAME, not both');
  if (token) return { auth: { type: 'bearer' }, secret: token };
  if (!username) return { auth: { type: 'none' }, secret: undefined };
  if (!env.WHYSPAN_PASSWORD) throw usageError('WHYSPAN_USERNAME needs WHYSPAN_PASSWORD beside it');
  return { auth: { type: 'basic', username }, secret: env.WHYSPAN_PASSWORD };
}

/** The client would say the same of a setting, which the command line has not. */
async function checkReadable(caFile: string): Promise<void> {
  const pem = await readFile(caFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw notRead(`cannot be read (${error.code ?? 'unknown error'})`);
  });
  if (!pem.includes('-----BEGIN ')) throw notRead('is not a PEM file');

  function notRead(why: string): CliError {
    return new CliError(exitCodes.sourceFailed, `--ca names ${cleanText(caFile, 200)}, which ${why}.`);
  }
}
