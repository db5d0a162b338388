import { type Connection, plainConnection } from '../../../src/sources/connection';
import { Credentials, type CredentialsDeps } from '../../../src/sources/credentials';
import { JaegerClient, type JaegerClientOptions } from '../../../src/sources/jaegerClient';

export const never = new AbortController().signal;

export function testConnection(more: Partial<Connection> = {}): Connection {
  return { ...plainConnection('test', 'http://127.0.0.1:1'), ...more };
}

export function testClient(
  connection: Partial<Connection>,
  deps: Partial<CredentialsDeps> = {},
  options: Partial<JaegerClientOptions> = {},
): JaegerClient {
  const full = testConnection(connection);
  const credentials = new Credentials(full, { readSecret: () => Promise.resolve(undefined), ...deps });
  return new JaegerClient({ connection: full, credentials, ...options });
}

/** One trace of one span as Jaeger's JSON. */
export function traceJson(id: number, extra = ''): string {
  const traceID = id.toString(16).padStart(32, '0');
  return JSON.stringify({
    traceID,
    spans: [
      {
        traceID,
        spanID: '00000000000000aa',
        operationName: 'op',
        references: [],
        startTime: 1_700_000_000_000_000 + id,
        duration: 1000,
        tags: extra === '' ? [] : [{ key: 'extra', type: 'string', value: extra }],
        logs: [],
        processID: 'p1',
        warnings: null,
      },
    ],
    processes: { p1: { serviceName: 'ai', tags: [] } },
    warnings: null,
  });
}

export const envelopeEnd = '],"total":0,"limit":0,"offset":0,"errors":null}';
export const emptyAnswer = `{"data":[${envelopeEnd}`;
