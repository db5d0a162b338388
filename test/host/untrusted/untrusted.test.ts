import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { waitUntil } from '../../support/waitUntil';

describe('in an untrusted workspace', () => {
  let server: Server;
  let folder: string;
  let connection: object;
  const requests: string[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'whyspan-untrusted-'));
    server = createServer((request, response) => {
      requests.push(request.url ?? '');
      response
        .setHeader('content-type', 'application/json')
        .end('{"data":[],"total":0,"limit":0,"offset":0,"errors":null}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    connection = {
      name: 'theirs',
      url,
      auth: 'command',
      tokenCommand: `touch ${join(folder, 'ran')}; echo x`,
    };
    const extension = vscode.extensions.getExtension('whyspan.whyspan');
    assert.ok(extension, 'the extension is there although the workspace is untrusted');
    await extension.activate();
  });

  after(async () => {
    server.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('neither asks the server nor runs the command that the folder names', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    const configuration = vscode.workspace.getConfiguration('whyspan');
    await configuration.update('connections', [connection], vscode.ConfigurationTarget.Workspace);
    await vscode.commands.executeCommand('whyspan.traces.focus');
    await vscode.commands.executeCommand('whyspan.refresh');
    await new Promise((resolve) => setTimeout(resolve, 3000));
    assert.deepEqual(requests, []);
    assert.equal(existsSync(join(folder, 'ran')), false);
  });

  it('asks a server of the user’s own settings', async () => {
    const configuration = vscode.workspace.getConfiguration('whyspan');
    await configuration.update('connections', [connection], vscode.ConfigurationTarget.Global);
    await waitUntil('a request', () => requests.length > 0);
    assert.equal(existsSync(join(folder, 'ran')), true);
  });

  it('listens nowhere when the folder wants that, and where the user’s own settings say', async function () {
    this.timeout(60_000);
    const configuration = vscode.workspace.getConfiguration('whyspan');
    const { Global, Workspace } = vscode.ConfigurationTarget;
    const [theirs, own] = [await freePort(), await freePort()];
    await configuration.update('receiver.port', theirs, Workspace);
    await configuration.update('backend', 'embedded', Workspace);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    assert.equal(await isListening(theirs), false);
    await configuration.update('receiver.port', own, Global);
    await configuration.update('backend', 'embedded', Global);
    await waitUntil('the own port', () => isListening(own));
    assert.equal(await isListening(theirs), false);
    // A folder cannot even write these.
    await assert.rejects(async () => configuration.update('receiver.bindAddress', '0.0.0.0', Workspace));
    await assert.rejects(async () => configuration.update('receiver.sharing', 'share', Workspace));
    await configuration.update('backend', 'jaeger', Global);
    await waitUntil('it listens no more', async () => !(await isListening(own)));
  });
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

const isListening = (port: number) =>
  fetch(`http://127.0.0.1:${port}/whyspan`).then(
    ({ ok }) => ok,
    () => false,
  );
