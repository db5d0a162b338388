import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { waitUntil } from '../../support/waitUntil';
import {
  importTool,
  lensTitles,
  lineEnds,
  notifications,
  screenshotsInAllThemes,
  setSetting,
  setViewport,
  statusBarLabel,
  treeRows,
} from '../../support/window';

interface Inference {
  setFaults(faults: object): Promise<unknown>;
  stop(): Promise<void>;
}

const firing = (text: string) => text.startsWith('High Storage Latency Alert: avg of storage_latency_ms');

/** Where Whyspan receives, read from what a user would copy. */
async function receivedAt(): Promise<{ otlpEndpoint: string; agentPort: number | undefined }> {
  await vscode.commands.executeCommand('whyspan.copyExporterSettings');
  const copied = await vscode.env.clipboard.readText();
  const said = await waitUntil('it says so', async () =>
    (await notifications()).find((text) => text.startsWith('Copied: OTEL')),
  );
  await vscode.commands.executeCommand('notifications.clearAll');
  const agentPort = /send to UDP (\d+)/.exec(said)?.[1];
  return {
    otlpEndpoint: /OTLP_ENDPOINT=(\S+)/.exec(copied)?.[1] ?? assert.fail(copied),
    agentPort: agentPort === undefined ? undefined : Number(agentPort),
  };
}

describe('without any Jaeger', () => {
  let startInference: (options: object) => Promise<Inference>;
  let running: Inference | undefined;
  let source: vscode.TextDocument;

  before(async function () {
    this.timeout(60_000);
    ({ startInference } = await importTool<{ startInference: typeof startInference }>(
      'inference/startInference.mjs',
    ));
    await setViewport(1500, 900);
    await setSetting('whyspan.alert.window', '20s');
    await setSetting('whyspan.alert.frequency', '2s');
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    source = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, 'inference.py'));
    const editor = await vscode.window.showTextDocument(source);
    const at = source.positionAt(source.getText().indexOf('with tracer.start_as_current_span'));
    editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenter);
    await vscode.commands.executeCommand('whyspan.traces.focus');
  });

  after(() => running?.stop());

  async function followsTheService(service: string): Promise<void> {
    const line =
      source
        .getText()
        .split('\n')
        .findIndex((text) => text.includes('def ai_inference')) + 1;
    await waitUntil('the lens', async () =>
      (await lensTitles(source.uri)).some(
        (lens) => lens.line === line && /^\d+ runs · storage avg/.test(lens.title),
      ),
    );
    await waitUntil('the text at line ends', async () => (await lineEnds()).length === 2);
    await waitUntil('the rows', async () => {
      const rows = await treeRows();
      return (
        rows.some((row) => row.includes(service)) && rows.some((row) => row.startsWith('Storage latency'))
      );
    });
    await waitUntil('the status bar', async () =>
      /storage_latency_ms avg [\d.]+ ms, OK/.test(await statusBarLabel()),
    );
  }

  it('shows what the OTLP exporter sends', async function () {
    this.timeout(90_000);
    const { otlpEndpoint } = await receivedAt();
    running = await startInference({ exporter: 'otlp', rate: 4, otlpEndpoint });
    await followsTheService('ai-inference-otlp');
  });

  it('notifies when the storage becomes slow', async function () {
    this.timeout(90_000);
    await running?.setFaults({ storage_delay_ms: 450, storage_share: 1 });
    await waitUntil('the notification', async () => (await notifications()).some(firing), 60_000);
    await vscode.commands.executeCommand('notifications.hideList');
    await screenshotsInAllThemes('embedded');
    await running?.stop();
    running = undefined;
  });

  it('shows what the article’s unmodified Jaeger exporter sends to UDP 6831', async function () {
    this.timeout(90_000);
    const { agentPort } = await receivedAt();
    if (agentPort === undefined) {
      console.log('UDP 6831 belongs to another program of this machine, so the agent does not listen');
      this.skip();
    }
    await vscode.commands.executeCommand('whyspan.clear');
    running = await startInference({ exporter: 'jaeger', rate: 4, agentPort });
    await followsTheService('ai-inference');
  });
});
