import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { exitCodes } from '../../../src/cli/exitCode';
import { jaegerConnection } from '../../../src/cli/jaegerConnection';

const url = 'http://127.0.0.1:1';
const plain = { headers: {}, headersOfEnv: {}, caFile: undefined };
const fails = (code: number, message: RegExp) => (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === code && message.test(error.message);

describe('jaegerConnection', () => {
  it('takes a token, or a name and a password, from the environment', async () => {
    const auth = async (env: Record<string, string>) => {
      const { connection, secret } = await jaegerConnection(url, plain, env);
      return [connection.auth, secret];
    };
    assert.deepEqual(await auth({}), [{ type: 'none' }, undefined]);
    assert.deepEqual(await auth({ WHYSPAN_TOKEN: ' t \n' }), [{ type: 'bearer' }, 't']);
    assert.deepEqual(await auth({ WHYSPAN_USERNAME: 'u', WHYSPAN_PASSWORD: ' p' }), [
      { type: 'basic', username: 'u' },
      ' p',
    ]);
  });

  it('says what is missing, and what is too much', async () => {
    const { usage } = exitCodes;
    await assert.rejects(
      jaegerConnection(url, plain, { WHYSPAN_USERNAME: 'u' }),
      fails(usage, /WHYSPAN_PASSWORD/),
    );
    const both = { WHYSPAN_USERNAME: 'u', WHYSPAN_TOKEN: 't' };
    await assert.rejects(jaegerConnection(url, plain, both), fails(usage, /not both/));
  });

  it('puts values of the environment into headers', async () => {
    const access = { ...plain, headers: { 'X-Tenant': 'acme' }, headersOfEnv: { 'X-Key': 'KEY' } };
    const { connection } = await jaegerConnection(url, access, { KEY: 'k' });
    assert.deepEqual(connection.headers, { 'X-Tenant': 'acme', 'X-Key': 'k' });
  });

  it('looks at the certificate before it asks', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'whyspan-ca-'));
    try {
      const caFile = join(folder, 'ca.pem');
      const { sourceFailed } = exitCodes;
      const connect = () => jaegerConnection(url, { ...plain, caFile }, {});
      await assert.rejects(connect(), fails(sourceFailed, /--ca names .*ENOENT/));
      await writeFile(caFile, 'no certificate');
      await assert.rejects(connect(), fails(sourceFailed, /is not a PEM file/));
      await writeFile(caFile, '-----BEGIN CERTIFICATE-----');
      assert.equal((await connect()).connection.caFile, caFile);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
