import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';
import { HumanError } from '../core/humanError';
import type { Connection } from './connection';

/** The part of a TLS connection that the settings decide. */
export interface TlsOptions {
  readonly ca?: string[];
  readonly cert?: string;
  readonly key?: string;
  readonly rejectUnauthorized?: false;
}

/**
 * Reads the connection's PEM files. Without a `caFile`, `ca` is left out, so that the defaults hold (inside VS Code:
 * the system's certificates). Throws a HumanError 'configuration' that names the setting and the file.
 */
export async function readTlsOptions(connection: Connection): Promise<TlsOptions> {
  const ca = await readPem(connection, 'caFile');
  const cert = await readPem(connection, 'certFile');
  const key = await readPem(connection, 'keyFile');
  return {
    ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(connection.allowSelfSigned ? { rejectUnauthorized: false } : {}),
  };
}

async function readPem(
  connection: Connection,
  setting: 'caFile' | 'certFile' | 'keyFile',
): Promise<string | undefined> {
  const path = connection[setting];
  if (path === undefined || path === '') return undefined;
  const fail = (what: string) =>
    new HumanError(
      'configuration',
      `The setting “${setting}” of the connection “${connection.name}” names ${path}, which ${what}.`,
    );
  const pem = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw fail(
      error.code === 'ENOENT' ? 'does not exist' : `cannot be read (${error.code ?? 'unknown error'})`,
    );
  });
  if (!pem.includes('-----BEGIN ')) throw fail('is not a PEM file');
  return pem;
}
