import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { selfSignedCertificate } from '../../../tools/jaeger/selfSignedCertificate.mjs';
import { emptyAnswer, never, testClient } from './testClient';

describe('a server that demands a client certificate', () => {
  const ours = selfSignedCertificate();
  const theirs = selfSignedCertificate();
  let server: https.Server;
  let folder: string;
  let url: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'whyspan-client-certificate-'));
    await writeFile(join(folder, 'client.pem'), ours.certificate);
    await writeFile(join(folder, 'client.key'), ours.key, { mode: 0o600 });
    await writeFile(join(folder, 'ca.pem'), theirs.certificate);
    const options = { cert: theirs.certificate, key: theirs.key, requestCert: true, ca: ours.certificate };
    server = https.createServer(options, (_, response) => void response.end(emptyAnswer));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  after(async () => {
    server.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('gets the one of the settings', async () => {
    const connection = {
      url,
      caFile: join(folder, 'ca.pem'),
      certFile: join(folder, 'client.pem'),
      keyFile: join(folder, 'client.key'),
    };
    assert.deepEqual(await testClient(connection).services(never), []);
  });

  it('refuses who has none, and that is said', async () => {
    await assert.rejects(testClient({ url, caFile: join(folder, 'ca.pem') }).services(never), {
      name: 'HumanError',
    });
  });
});
