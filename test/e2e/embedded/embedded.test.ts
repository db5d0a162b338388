import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { commands } from '../../../src/platform/contributions';
import { waitUntil } from '../../support/waitUntil';
import {
  importTool,
  lensTitles,
  lineEnds,
  notifications,
  pick,
  screenshotsInAllThemes,
  setSetting,
  setViewport,
  statusBarLabel,
  treeRows,
} from '../../support/window';

interface Inference {
  stop(): Promise<void>;
}

interface Story {
  stop(): Promise<void>;
}

/** What `npm start` is made of. */
interface StartTools {
  claimReceiverPort(): Promise<{ port: number; release(): void }>;
  receivingSettings(port: number): Record<string, unknown>;
  sendToEditor(options: object, events: object): Promise<unknown>;
  tellStory(options: object): Promise<{ ok: boolean; story: Story }>;
}

const alertName = 'High Storage Latency Alert';
const firing = (text: string) => text.startsWith(`${alertName}: avg of storage_latency_ms`);
const resolved = (text: string) => text.startsWith(`${alertName} is resolved`);
const minutes = (count: number) => count * 60_000;

/** The predictions of the rows that can be seen: of the slow inferences, or of the others. */
async function predictions(are: 'slow' | 'fast'): Promise<readonly string[]> {
  const rows = (await treeRows()).filter((row) => row.startsWith('Storage latency'));
  return rows
    .filter((row) => row.includes(', slow, ') === (are === 'slow'))
    .flatMap((row) => /, prediction (\d), /.exec(row)?.slice(1) ?? []);
}

/** What the three most frequent predictions of `→ 5 · 3: 29 %, 5: 22 %, 4: 14 %, … in 10s` come to. */
function topShare(text: string): number {
  return [...text.matchAll(/: (\d+) %/g)].reduce((sum, [, share]) => sum + Number(share), 0);
}

const lineEnd = async (set: string) =>
  (await lineEnds()).find(({ line }) => line.includes(`set_attribute("${set}"`))?.text ?? '';

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
  let running: Inference | Story | undefined;
  let tools: StartTools;
  let hasArrived = false;
  let source: vscode.TextDocument;

  before(async function () {
    this.timeout(60_000);
    ({ startInference } = await importTool<{ startInference: typeof startInference }>(
      'inference/startInference.mjs',
    ));
    tools = {
      ...(await importTool<StartTools>('start/receiverPort.mjs')),
      ...(await importTool<StartTools>('start/demoWorkspace.mjs')),
      ...(await importTool<StartTools>('start/sendToEditor.mjs')),
      ...(await importTool<StartTools>('start/tellStory.mjs')),
    };
    await setViewport(1500, 900);
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

  it('is sent to before it listens, as npm start does, and says nothing of what is lost', async function () {
    this.timeout(minutes(1.5));
    const claimed = await tools.claimReceiverPort();
    const otlpEndpoint = `http://127.0.0.1:${claimed.port}`;
    const told = await tools.tellStory({
      startService: (events: { onArrival(): void }) => {
        const onArrival = () => {
          hasArrived = true;
          events.onArrival();
        };
        return tools.sendToEditor({ otlpEndpoint, rate: 4 }, { ...events, onArrival });
      },
      timetable: { slowAfterMs: 15_000, fastAfterMs: 55_000 },
    });
    assert.ok(told.ok, JSON.stringify(told));
    running = {
      stop: async () => {
        await told.story.stop();
        claimed.release();
      },
    };
    await new Promise((resolve) => setTimeout(resolve, 3000));
    assert.equal(hasArrived, false);
    for (const [key, value] of Object.entries(tools.receivingSettings(claimed.port)))
      await setSetting(key, value);
    await setSetting('whyspan.alert.window', '10s');
    await setSetting('whyspan.alert.frequency', '1s');
  });

  it('shows what the OTLP exporter sends, from when it listens', async function () {
    this.timeout(minutes(1.5));
    await followsTheService('ai-inference-otlp');
    assert.ok(hasArrived);
    // The window was set just before: what is drawn follows.
    await waitUntil('the line', async () =>
      /^→ \d · \d: \d+ %.* in 10s$/.test(await lineEnd('model_prediction')),
    );
    await waitUntil('a mix of digits', async () => new Set(await predictions('fast')).size > 5);
  });

  it('notifies when the storage becomes slow by itself, and marks the line', async function () {
    this.timeout(minutes(1.5));
    await waitUntil('the notification', async () => (await notifications()).some(firing), 60_000);
    await vscode.commands.executeCommand('notifications.hideList');
    // The line's window has moved on since the alert looked: around the threshold the two may differ for a moment.
    await waitUntil('the mark', async () =>
      /^▲ \d{3} ms · avg \d{3} ms in 10s/.test(await lineEnd('storage_latency_ms')),
    );
  });

  it('shows how slow storage narrows what the same model predicts, since five samples are all that is fresh', async function () {
    this.timeout(minutes(1));
    const slow = await waitUntil('slow rows', async () => {
      const found = await predictions('slow');
      return found.length > 15 && found;
    });
    assert.ok(new Set(slow).size <= 5, slow.join(' '));
    // Three of five are three fifths, less what was rounded; of ten digits, three are half at most.
    await waitUntil('the mix at the line', async () => topShare(await lineEnd('model_prediction')) >= 58);
    await screenshotsInAllThemes('embedded');
  });

  it('notifies when the storage has recovered by itself', async function () {
    this.timeout(minutes(2));
    await waitUntil('the notification', async () => (await notifications()).some(resolved), minutes(1.5));
    assert.equal((await notifications()).filter(firing).length, 1);
    await vscode.commands.executeCommand('notifications.clearAll');
    await running?.stop();
    running = undefined;
  });

  it('follows the walkthrough’s sample program, written for where this window receives', async function () {
    this.timeout(minutes(2));
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder.uri, 'whyspan_story.py');
    await vscode.commands.executeCommand(commands.createSample, uri);
    const written = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    const hurried = written.replace(
      'SLOW_AFTER_S, FAST_AFTER_S = 60, 300',
      'SLOW_AFTER_S, FAST_AFTER_S = 10, 300',
    );
    assert.notEqual(hurried, written);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(hurried));
    const { spawnTethered } = await importTool<{ spawnTethered(options: object): Story }>(
      'spawnTethered.mjs',
    );
    const { ensureInferenceEnv } = await importTool<{
      ensureInferenceEnv(exporter: string): Promise<{ python: string }>;
    }>('inference/inferenceEnv.mjs');
    const { python } = await ensureInferenceEnv('otlp');
    running = spawnTethered({ command: python, args: [uri.fsPath] });
    const editor = await waitUntil('the editor', () =>
      vscode.window.visibleTextEditors.find(({ document }) => document.uri.fsPath === uri.fsPath),
    );
    const at = editor.document.positionAt(editor.document.getText().indexOf('with tracer.start_as'));
    editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenter);
    // The service of this workspace opens spans of the same name.
    const choice = await waitUntil('the choice', async () => {
      const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        uri,
        100,
      );
      return found.find(({ command }) => command?.command === commands.chooseLine)?.command;
    });
    void vscode.commands.executeCommand(choice.command, ...(choice.arguments ?? []));
    await pick(/^whyspan_story\.py/);
    await waitUntil('the lens', async () =>
      (await lensTitles(uri)).some(({ title }) => /^\d+ runs · storage avg [\d.]+ ms/.test(title)),
    );
    await waitUntil('the line', async () => /^▲ \d{4} ms/.test(await lineEnd('storage_latency_ms')), 40_000);
    await waitUntil('the mix', async () => /^→ films · films: 100 %/.test(await lineEnd('model_prediction')));
    await vscode.commands.executeCommand('notifications.clearAll');
    await screenshotsInAllThemes('sample');
    await running.stop();
    running = undefined;
    await vscode.workspace.fs.delete(uri);
    await vscode.window.showTextDocument(source);
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
