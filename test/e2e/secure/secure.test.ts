import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { waitUntil } from '../../support/waitUntil';
import { importTool, press, setSetting, textsOf, typeText } from '../../support/window';

interface SecureJaeger {
  readonly url: string;
  readonly secure: {
    readonly username: string;
    readonly password: string;
    readonly tenantHeader: string;
    readonly tenants: readonly string[];
    readonly certificate: string;
  };
  stop(): Promise<void>;
}

/** The welcome's text as it changes with what is wrong. */
async function welcomeSays(words: string): Promise<void> {
  await waitUntil(`the welcome says “${words}”`, async () => {
    const found = await textsOf('.part.sidebar .welcome-view-content');
    return found.some((text) => text.includes(words));
  });
}

describe('a Jaeger behind TLS, a password, a base path and a tenant', () => {
  let jaeger: SecureJaeger;
  let folder: string;
  let connection: Record<string, unknown>;

  before(async function () {
    this.timeout(60_000);
    const { startJaeger } = await importTool<{ startJaeger(options: object): Promise<SecureJaeger> }>(
      'jaeger/startJaeger.mjs',
    );
    jaeger = await startJaeger({ config: 'secure' });
    folder = await mkdtemp(join(tmpdir(), 'whyspan-secure-'));
    await writeFile(join(folder, 'ca.pem'), jaeger.secure.certificate);
    const { username, tenantHeader, tenants } = jaeger.secure;
    connection = {
      name: 'secure',
      url: jaeger.url,
      auth: 'basic',
      username,
      headers: { [tenantHeader]: tenants[0] },
    };
    await vscode.commands.executeCommand('whyspan.traces.focus');
  });

  after(async () => {
    await jaeger?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('asks for the password when none is stored', async () => {
    await setSetting('whyspan.connections', [{ ...connection, caFile: join(folder, 'ca.pem') }]);
    await welcomeSays('wants to know who asks');
    assert.deepEqual(await textsOf('.part.sidebar .welcome-view-content .monaco-button'), ['Set Secret']);
  });

  it('is let in with the password from the secret storage and the certificate authority of the setting', async () => {
    const done = vscode.commands.executeCommand('whyspan.setSecret');
    await waitUntil('the question', async () =>
      (await textsOf('.quick-input-widget .quick-input-message')).some((text) => text.includes('Password')),
    );
    await typeText(jaeger.secure.password);
    await press('Enter');
    await done;
    await welcomeSays('there are no inference traces yet');
  });

  it('does not trust a certificate that nobody vouches for', async () => {
    await setSetting('whyspan.connections', [connection]);
    await welcomeSays('is not set up right');
  });

  it('trusts it when the user says so', async () => {
    await setSetting('whyspan.connections', [{ ...connection, allowSelfSigned: true }]);
    await welcomeSays('there are no inference traces yet');
  });

  it('says that the base path is wrong when it is', async () => {
    const url = jaeger.url.replace('/jaeger', '');
    await setSetting('whyspan.connections', [{ ...connection, url, allowSelfSigned: true }]);
    await welcomeSays('is not Jaeger');
  });

  it('is not let in as a tenant that Jaeger does not know', async () => {
    const headers = { [jaeger.secure.tenantHeader]: 'nobody' };
    await setSetting('whyspan.connections', [{ ...connection, headers, allowSelfSigned: true }]);
    await welcomeSays('wants to know who asks');
  });
});
