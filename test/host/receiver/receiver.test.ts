import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { waitUntil } from '../../support/waitUntil';
import {
  click,
  hover,
  importTool,
  lensTitles,
  notifications,
  press,
  screenshot,
  screenshotsInAllThemes,
  setSetting,
  textsOf,
  treeRows,
} from '../../support/window';

interface OtherWindow {
  waitForLine(pattern: RegExp, timeoutMs: number): Promise<RegExpExecArray>;
  stop(): Promise<void>;
}
type Spawn = (options: { command: string; args: string[]; cwd: string }) => OtherWindow;

/** An address of this machine that is not the usual one; macOS has only one of IPv4. */
const otherAddress = process.platform === 'darwin' ? '::1' : '127.0.0.2';
const otherUrl = `http://${otherAddress.includes(':') ? `[${otherAddress}]` : otherAddress}`;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : assert.fail();
}

/** Sends an inference; answers the HTTP status. */
async function send(url: string, headers: Record<string, string> = {}): Promise<number> {
  const endTimeUnixNano = `${Date.now()}000000`;
  const span = {
    ...{ traceId: randomBytes(16).toString('hex'), spanId: randomBytes(8).toString('hex') },
    ...{ name: 'ai_inference_pipeline', kind: 1, startTimeUnixNano: endTimeUnixNano, endTimeUnixNano },
    attributes: [
      { key: 'storage_latency_ms', value: { doubleValue: 12.5 } },
      { key: 'model_prediction', value: { stringValue: 'cat' } },
    ],
  };
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'shared-service' } }] };
  const response = await fetch(`${url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] }),
  });
  await response.arrayBuffer();
  return response.status;
}

async function copied(): Promise<string> {
  await vscode.env.clipboard.writeText('');
  await vscode.commands.executeCommand('whyspan.copyExporterSettings');
  return vscode.env.clipboard.readText();
}

describe('the receiver of a window', () => {
  let port: number;
  let spawn: Spawn;
  let sharedFolder: string;
  let source: vscode.TextDocument;
  const others: OtherWindow[] = [];

  before(async function () {
    this.timeout(60_000);
    ({ spawnTethered: spawn } = await importTool<{ spawnTethered: Spawn }>('spawnTethered.mjs'));
    sharedFolder = path.join(process.env.WHYSPAN_USER_DATA ?? '', 'User/globalStorage/whyspan.whyspan');
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    source = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, 'pipeline.py'));
    await vscode.window.showTextDocument(source);
    await vscode.commands.executeCommand('whyspan.traces.focus');
  });

  after(() => Promise.all(others.map((other) => other.stop())));

  async function startOther(...more: string[]): Promise<OtherWindow> {
    const root = process.env.WHYSPAN_ROOT ?? '';
    const args = ['--import=tsx', path.join(root, 'test/support/otherWindow.ts'), String(port), sharedFolder];
    const other = spawn({ command: 'node', args: [...args, ...more], cwd: root });
    others.push(other);
    await other.waitForLine(/^listening /, 30_000);
    return other;
  }

  const showsRuns = (runs: number) =>
    waitUntil(`${runs} runs at the line`, async () =>
      (await lensTitles(source.uri)).some(({ title }) => title.startsWith(`${runs} runs · storage avg 12.5`)),
    );

  it('says that another window has the port, and offers to share it', async function () {
    this.timeout(60_000);
    port = await freePort();
    await startOther();
    await setSetting('whyspan.receiver.port', port);
    await setSetting('whyspan.backend', 'embedded');
    const offer = await waitUntil('the offer', async () =>
      (await notifications()).find((text) => text.startsWith('Another window with Whyspan')),
    );
    const ownUrl = /OTLP_ENDPOINT=(\S+)/.exec(await copied())?.[1] ?? assert.fail();
    const ownPort = new URL(ownUrl).port;
    assert.notEqual(ownPort, String(port));
    assert.equal(
      offer,
      `Another window with Whyspan receives at port ${port}. Show its traces here, too, or only what is sent to port ${ownPort}?`,
    );
    const buttons = await textsOf('.notifications-center .monaco-button');
    assert.deepEqual(
      buttons.filter((text) => text === 'Share' || text === `Use Port ${ownPort}`),
      ['Share', `Use Port ${ownPort}`],
    );
    await screenshotsInAllThemes('offer');
  });

  it('shows what the other window receives once that is chosen', async function () {
    this.timeout(60_000);
    await vscode.commands.executeCommand('notifications.showList');
    await click('.notifications-center .monaco-button:text-is("Share")');
    await waitUntil('the choice is kept', () => {
      const at = vscode.workspace.getConfiguration('whyspan').inspect('receiver.sharing');
      return at?.globalValue === 'share' && at.workspaceValue === undefined;
    });
    await vscode.commands.executeCommand('notifications.clearAll');
    const url = `http://127.0.0.1:${port}`;
    await waitUntil('it is shared', async () => {
      assert.equal(await send(url), 200);
      return (await treeRows()).some((row) => row.includes('shared-service'));
    });
    await copied();
    await waitUntil('it says so', async () =>
      (await notifications()).some((text) =>
        text.includes(`Another window with Whyspan has port ${port}; what it receives is shown here, too.`),
      ),
    );
    await vscode.commands.executeCommand('notifications.clearAll');
    await hover('.part.statusbar [aria-label^="Whyspan"]');
    await waitUntil('the tooltip', async () =>
      (await textsOf('.workbench-hover')).some((text) =>
        text.includes(`Shows what another window receives at port ${port}, too`),
      ),
    );
    await screenshot('following');
  });

  it('takes the port over when the other window is gone', async function () {
    this.timeout(60_000);
    await others[0]?.stop();
    await waitUntil('it receives there', async () => (await copied()).includes(`http://127.0.0.1:${port} `));
    await vscode.commands.executeCommand('whyspan.clear');
    assert.equal(await send(`http://127.0.0.1:${port}`), 200);
    assert.equal(await send(`http://127.0.0.1:${port}`), 200);
    await showsRuns(2);
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('does not offer again in this workspace', async function () {
    this.timeout(60_000);
    port = await freePort();
    await startOther();
    await setSetting('whyspan.receiver.sharing', undefined);
    await setSetting('whyspan.receiver.port', port);
    await waitUntil('a port of its own', async () => !(await copied()).includes(`:${port} `));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const said = await notifications();
    assert.deepEqual(
      said.filter((text) => text.startsWith('Another window with Whyspan receives')),
      [],
    );
    await others[1]?.stop();
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('warns when others can send, and takes only what brings the token', async function () {
    this.timeout(60_000);
    port = await freePort();
    await setSetting('whyspan.receiver.port', port);
    await setSetting('whyspan.receiver.bindAddress', otherAddress);
    await waitUntil('the warning', async () =>
      (await notifications()).some((text) =>
        text.startsWith(`Whyspan receives at ${otherAddress}, port ${port}: `),
      ),
    );
    await screenshotsInAllThemes('open');
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.commands.executeCommand('whyspan.copyReceiverToken');
    const token = await vscode.env.clipboard.readText();
    assert.match(token, /^[\w-]{32}$/);
    await vscode.commands.executeCommand('whyspan.clear');
    const url = `${otherUrl}:${port}`;
    for (let count = 0; count < 3; count++) assert.equal(await send(url), 401);
    assert.equal(await send(url, { 'x-whyspan-token': `${token}x` }), 401);
    await waitUntil('it is told that something was refused', async () =>
      (await textsOf('.part.sidebar .welcome-view-content')).some((text) =>
        text.includes('Something was sent here, and Whyspan could not take it.'),
      ),
    );
    await screenshot('refusing');
    for (let count = 0; count < 3; count++) assert.equal(await send(url, { 'x-whyspan-token': token }), 200);
    await showsRuns(3);
  });

  it('copies what a program in a container needs, and shows no token', async function () {
    this.timeout(60_000);
    await vscode.env.clipboard.writeText('');
    const done = vscode.commands.executeCommand('whyspan.copyExporterSettings');
    await waitUntil(
      'the question',
      async () => (await textsOf('.quick-input-list .monaco-list-row')).length === 2,
    );
    await screenshot('copy-for-whom');
    await press('ArrowDown Enter');
    await done;
    assert.match(
      await vscode.env.clipboard.readText(),
      new RegExp(
        `^OTEL_EXPORTER_OTLP_ENDPOINT=${otherUrl.replace(/[.[\]]/g, '\\$&')}:${port} .* OTEL_EXPORTER_OTLP_HEADERS=x-whyspan-token=[\\w-]{32}$`,
      ),
    );
    const said = await waitUntil('it says so', async () =>
      (await notifications()).find((text) => text.startsWith('Copied: OTEL')),
    );
    assert.match(said, /OTEL_EXPORTER_OTLP_HEADERS=x-whyspan-token=… .*--add-host=host\.docker\.internal/);
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('refuses the old token once it is renewed', async function () {
    this.timeout(60_000);
    const url = `${otherUrl}:${port}`;
    await vscode.commands.executeCommand('whyspan.copyReceiverToken');
    const old = await vscode.env.clipboard.readText();
    await vscode.commands.executeCommand('whyspan.renewReceiverToken');
    await waitUntil(
      'the old one is refused',
      async () => (await send(url, { 'x-whyspan-token': old })) === 401,
    );
    await vscode.commands.executeCommand('whyspan.copyReceiverToken');
    const token = await vscode.env.clipboard.readText();
    assert.equal(await send(url, { 'x-whyspan-token': token }), 200);
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('explains what was refused', async function () {
    this.timeout(60_000);
    await waitUntil('the line above the tree', async () =>
      (await textsOf('.part.sidebar .message')).some((text) => text.includes('Sent here and not taken: ')),
    );
    const answer =
      vscode.commands.executeCommand<readonly { name: string; detail: string }[]>('whyspan.diagnose');
    await waitUntil('the list', async () => (await textsOf('.quick-input-list .monaco-list-row')).length > 3);
    await screenshotsInAllThemes('diagnose');
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    const step = (await answer).find(({ name }) => name === 'Not taken');
    assert.match(step?.detail ?? '', /^Refused: \d+ × without the token/);
  });
});
