import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { postSpans } from '../../integration/otlpPost';
import { life, reloadWindow } from '../../support/lives';
import { waitUntil } from '../../support/waitUntil';
import { lensTitles, lineEnds, screenshotsInAllThemes, textsOf, treeRows } from '../../support/window';

describe(`received traces, in life ${life} of the window`, function () {
  this.timeout(60_000);
  let document: vscode.TextDocument;
  const runs = async () => {
    const lens = (await lensTitles(document.uri)).find(({ line }) => line === 6);
    return Number(/^(\d+) runs? · /.exec(lens?.title ?? '')?.[1] ?? 0);
  };

  async function endpoint(): Promise<string> {
    return waitUntil('it receives', async () => {
      await vscode.commands.executeCommand('whyspan.copyExporterSettings');
      return /OTLP_ENDPOINT=(\S+)/.exec(await vscode.env.clipboard.readText())?.[1];
    });
  }
  async function send(latencyMs: number): Promise<void> {
    const durationUs = 20_000;
    const attributes = { storage_latency_ms: latencyMs, model_prediction: 'cat' };
    const name = 'ai_inference_pipeline';
    const startUs = Date.now() * 1000 - durationUs;
    await postSpans(await endpoint(), [{ service: 'kept', name, startUs, durationUs, attributes }]);
  }

  before(async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, 'pipeline.py'));
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('whyspan.traces.focus');
    await endpoint();
  });

  if (life === 1)
    it('are at the line as they come, until the window is reloaded', async () => {
      await send(12.5);
      await waitUntil('the lens', async () => (await runs()) === 1);
      await waitUntil('the text at line ends', async () => (await lineEnds()).length === 2);
      // What came last has not been written yet when the window goes.
      await send(20);
      await reloadWindow();
    });

  if (life === 2)
    it('are at the line again after the reload, until they are cleared', async () => {
      await waitUntil('the lens', async () => (await runs()) === 2);
      const texts = await waitUntil('the text at line ends', async () => {
        const found = await lineEnds();
        return found.length === 2 && found;
      });
      assert.match(texts[0]?.text ?? '', /16\.3 ms|16\.2 ms/);
      await waitUntil('the row', async () => (await treeRows()).some((row) => row.includes('kept')));
      await screenshotsInAllThemes('kept');
      await vscode.commands.executeCommand('whyspan.clear');
      await waitUntil('the lens is gone', async () => (await runs()) === 0);
      await reloadWindow();
    });

  if (life === 3)
    it('are nowhere after they were cleared and the window was reloaded again', async () => {
      await new Promise((resolve) => setTimeout(resolve, 3000));
      assert.deepEqual([await runs(), await lineEnds()], [0, []]);
      const welcome = await textsOf('.part.sidebar .welcome-view-content');
      assert.ok(welcome.some((text) => text.includes('Whyspan receives OpenTelemetry traces here')));
      // And what comes now is there.
      await send(30);
      await waitUntil('the lens', async () => (await runs()) === 1);
    });
});
