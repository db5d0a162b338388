import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { commands } from '../../../src/platform/contributions';
import { waitUntil } from '../../support/waitUntil';
import {
  lensTitles,
  lineEnds,
  notifications,
  screenshot,
  screenshotsInAllThemes,
  statusBarLabel,
  textsOf,
} from '../../support/window';

describe('for a newcomer without a Jaeger', () => {
  before(async function () {
    // A Jaeger of this machine would answer for the one that is not there.
    const answer = await fetch('http://localhost:16686/api/services').catch(() => undefined);
    if (answer?.headers.get('content-type') === 'application/json') {
      console.log('skipped: a Jaeger runs at http://localhost:16686, so this is no newcomer’s machine');
      this.skip();
    }
    await vscode.workspace
      .getConfiguration('whyspan')
      .update('alert.frequency', '1s', vscode.ConfigurationTarget.Global);
    const extension = vscode.extensions.getExtension('whyspan.whyspan');
    assert.ok(extension, 'the extension is there');
    await extension.activate();
  });

  it('registers every command it contributes', async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      Object.values(commands).filter((id) => !registered.has(id)),
      [],
    );
  });

  it('welcomes with one useful button', async () => {
    await vscode.commands.executeCommand('whyspan.traces.focus');
    const text = await waitUntil('the welcome', async () =>
      (await textsOf('.part.sidebar .welcome-view-content')).find((found) =>
        found.includes('Whyspan receives OpenTelemetry traces here'),
      ),
    );
    assert.match(text, /Connect to it/);
    const buttons = await waitUntil('the button', () =>
      textsOf('.part.sidebar .welcome-view-content .monaco-button'),
    );
    assert.deepEqual(buttons, ['Copy Exporter Settings']);
    await screenshotsInAllThemes('welcome');
  });

  it('says in the status bar that it receives, and alarms nobody', async () => {
    await waitUntil(
      'the status bar',
      async () => (await statusBarLabel()) === 'Whyspan: Receiving, no data for 5m',
    );
    await new Promise((resolve) => setTimeout(resolve, 4000));
    assert.deepEqual(await notifications(), []);
  });

  it('copies what a program must be started with', async () => {
    await vscode.commands.executeCommand('whyspan.copyExporterSettings');
    const text = await vscode.env.clipboard.readText();
    assert.match(
      text,
      /^OTEL_EXPORTER_OTLP_ENDPOINT=http:\/\/127\.0\.0\.1:\d+ OTEL_EXPORTER_OTLP_PROTOCOL=http\/protobuf /,
    );
    await waitUntil('it says so', async () =>
      (await notifications()).some((said) => said.startsWith('Copied: OTEL')),
    );
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('says what to do about it when asked why there is nothing to see', async () => {
    const answer = vscode.commands.executeCommand('whyspan.diagnose');
    const rows = await waitUntil('the steps', async () => {
      const found = await textsOf('.quick-input-widget .monaco-list-row');
      return found.length > 1 && found;
    });
    assert.match(rows[0] ?? '', /Receiver: passed.*http:\/\/127\.0\.0\.1:\d+/);
    assert.match(rows[1] ?? '', /Span: failed.*No span has come yet/);
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await answer;
  });

  it('draws nothing on a file that has no traces', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, 'pipeline.py'));
    await vscode.window.showTextDocument(document);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    assert.deepEqual(await lensTitles(document.uri), []);
    assert.deepEqual(await lineEnds(), []);
  });

  it('says that nothing is configured when only a Jaeger may be asked', async () => {
    const configuration = vscode.workspace.getConfiguration('whyspan');
    await configuration.update('backend', 'jaeger', vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand('whyspan.traces.focus');
    const buttons = await waitUntil('the button', async () => {
      const found = await textsOf('.part.sidebar .welcome-view-content .monaco-button');
      return found.includes('Connect to Jaeger') && found;
    });
    assert.deepEqual(buttons, ['Connect to Jaeger']);
    await waitUntil('the status bar', async () => (await statusBarLabel()) === 'Whyspan: No Jaeger');
    await configuration.update('backend', undefined, vscode.ConfigurationTarget.Global);
  });

  it('connects nowhere but says why, when the configured Jaeger is not there', async () => {
    await vscode.workspace
      .getConfiguration('whyspan')
      .update(
        'connections',
        [{ name: 'gone', url: 'http://127.0.0.1:9' }],
        vscode.ConfigurationTarget.Global,
      );
    await vscode.commands.executeCommand('whyspan.traces.focus');
    const text = await waitUntil('the welcome', async () =>
      (await textsOf('.part.sidebar .welcome-view-content')).find((found) =>
        found.includes('cannot be reached'),
      ),
    );
    assert.match(text, /Diagnose/);
    await waitUntil('the status bar', async () => (await statusBarLabel()) === 'Whyspan: Jaeger unreachable');
    assert.deepEqual(await notifications(), []);
  });

  it('diagnoses the URL as the first thing that is wrong, and names it', async () => {
    const answer = vscode.commands.executeCommand('whyspan.diagnose');
    const rows = await waitUntil('the steps', async () => {
      const found = await textsOf('.quick-input-widget .monaco-list-row');
      return found.some((row) => row.includes('URL')) && found;
    });
    assert.equal(rows.length, 1, rows.join('\n'));
    assert.match(rows[0] ?? '', /URL: failed.*http:\/\/127\.0\.0\.1:9\/api\/services refuses the connection/);
    await screenshot('diagnose');
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await answer;
  });

  it('says what is wrong with a page that is not Jaeger', async () => {
    const server = createServer((_, response) =>
      response.setHeader('content-type', 'text/html').end('<html>hello</html>'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      await vscode.workspace
        .getConfiguration('whyspan')
        .update('connections', [{ name: 'page', url }], vscode.ConfigurationTarget.Global);
      await waitUntil('the welcome', async () =>
        (await textsOf('.part.sidebar .welcome-view-content')).some((found) => found.includes('not Jaeger')),
      );
    } finally {
      server.close();
    }
  });
});
