import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { waitUntil } from './waitUntil';
import {
  hover,
  importTool,
  inPage,
  lensTitles,
  lineEnds,
  notifications,
  press,
  screenshot,
  screenshotsInAllThemes,
  setSetting,
  setViewport,
  statusBarLabel,
  textsOf,
  treeRows,
} from './window';

interface Jaeger {
  readonly url: string;
  readonly otlpHttp: string;
  readonly agentPort: number;
  readonly ports: Readonly<Record<string, number>>;
  stop(): Promise<void>;
}

interface Inference {
  setFaults(faults: object): Promise<unknown>;
  stop(): Promise<void>;
}

/** A story told by the sample service through one of its exporters. */
export interface Story {
  readonly exporter: 'jaeger' | 'otlp';
  readonly service: string;
  /** The agent's port that is asked for; a free one when it is taken. */
  readonly agentPort?: number;
  /** Functions that get a lens beside `ai_inference`. */
  readonly otherLenses: readonly string[];
}

const alertName = 'High Storage Latency Alert';
const firing = (text: string) => text.startsWith(`${alertName}: avg of storage_latency_ms`);
const resolved = (text: string) => text.startsWith(`${alertName} is resolved`);
const outage = (text: string) => text.startsWith(`${alertName} is Alerting (Error)`);

/** The main job, end to end: the sample service → a real Jaeger → what the user sees in a real VS Code. */
export function tellStory(story: Story): void {
  describe(`the sample service by the ${story.exporter} exporter`, () => {
    let jaeger: Jaeger;
    let service: Inference;
    let startJaeger: (options: object) => Promise<Jaeger>;
    let source: vscode.TextDocument;

    before(async function () {
      this.timeout(120_000);
      ({ startJaeger } = await importTool<{ startJaeger: typeof startJaeger }>('jaeger/startJaeger.mjs'));
      const { startInference } = await importTool<{ startInference(options: object): Promise<Inference> }>(
        'inference/startInference.mjs',
      );
      const isFree = story.agentPort !== undefined && (await isUdpPortFree(story.agentPort));
      if (story.agentPort !== undefined && !isFree) {
        console.log(
          `UDP ${story.agentPort} is taken on this machine: the story is told on a free port instead`,
        );
      }
      jaeger = await startJaeger(isFree ? { ports: { agent: story.agentPort } } : {});
      const target =
        story.exporter === 'jaeger' ? { agentPort: jaeger.agentPort } : { otlpEndpoint: jaeger.otlpHttp };
      service = await startInference({ exporter: story.exporter, rate: 4, ...target });
      await setViewport(1500, 900);
      await setSetting('whyspan.poll.intervalSeconds', 1);
      await setSetting('whyspan.alert.window', '20s');
      await setSetting('whyspan.alert.frequency', '2s');
      await setSetting('whyspan.connections', [{ name: 'e2e', url: jaeger.url }]);
      const folder = vscode.workspace.workspaceFolders?.[0];
      assert.ok(folder, 'the workspace is open');
      source = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, 'inference.py'));
      const editor = await vscode.window.showTextDocument(source);
      const at = source.positionAt(source.getText().indexOf('with tracer.start_as_current_span'));
      editor.selection = new vscode.Selection(at, at);
      editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenter);
    });

    after(async () => {
      await service?.stop();
      await jaeger?.stop();
    });

    if (story.agentPort !== undefined) {
      it(`is told through the agent’s own port ${story.agentPort}`, function () {
        // Taken by another program of this machine: the rest of the story is told on a free port.
        if (jaeger.agentPort !== story.agentPort) this.skip();
      });
    }

    it('puts a lens above the function of the span', async () => {
      const line = lineOf(source, 'def ai_inference');
      const lens = await waitUntil('the lens', async () =>
        (await lensTitles(source.uri)).find(
          (candidate) => candidate.line === line && /^\d{2,} runs/.test(candidate.title),
        ),
      );
      assert.match(
        lens.title,
        /^\d+ runs · storage avg [\d.]+ ms · p95 [\d.]+ ms · \d+ % of threshold in 20s · \d: \d+ %/,
      );
    });

    it('puts lenses above exactly the functions that made spans', async () => {
      const lines = ['def ai_inference', ...story.otherLenses]
        .map((text) => lineOf(source, text))
        .sort((a, b) => a - b);
      await waitUntil('the other lenses', async () => {
        const found = (await lensTitles(source.uri)).map(({ line }) => line);
        return JSON.stringify(found) === JSON.stringify(lines);
      });
    });

    it('writes latency and prediction at the end of the lines that set them, and nowhere else', async () => {
      const ends = await waitUntil('the text at line ends', async () => {
        const found = await lineEnds();
        return found.length >= 2 && found;
      });
      const latency = ends.filter(({ line }) => line.includes('set_attribute("storage_latency_ms"'));
      const prediction = ends.filter(({ line }) => line.includes('set_attribute("model_prediction"'));
      assert.equal(ends.length, 2, JSON.stringify(ends));
      assert.match(latency[0]?.text ?? '', /^[\d.]+ ms · avg [\d.]+ ms in 20s/);
      assert.match(prediction[0]?.text ?? '', /^→ \d · \d: \d+ %.* in 20s$/);
    });

    it('lists the inferences by service in the sidebar', async () => {
      await vscode.commands.executeCommand('whyspan.traces.focus');
      const rows = await waitUntil('the rows', async () => {
        const found = await treeRows();
        return found.length > 5 && found;
      });
      assert.ok(
        rows.some((row) => row.includes(story.service)),
        rows.join('\n'),
      );
      assert.ok(
        rows.some((row) => /Storage latency [\d.]+ ms, prediction \d, /.test(row)),
        rows.join('\n'),
      );
    });

    it('says the average and the state in the status bar', async () => {
      await waitUntil('the status bar', async () =>
        /storage_latency_ms avg [\d.]+ ms, OK/.test(await statusBarLabel()),
      );
      assert.deepEqual(
        (await notifications()).filter((text) => text.includes(alertName)),
        [],
      );
    });

    it('notifies once when the average exceeds 300 ms', async function () {
      this.timeout(90_000);
      await service.setFaults({ storage_delay_ms: 450, storage_share: 1 });
      await waitUntil('the notification', async () => (await notifications()).some(firing), 60_000);
      const text = (await notifications()).find(firing) ?? '';
      const value = Number(/was ([\d.]+) ms over the last 20s, above 300 ms\.$/.exec(text)?.[1]);
      assert.ok(value > 300 && value < 1000, text);
      assert.ok(text.includes(story.service), text);
      await waitUntil('the status bar', async () =>
        /Alerting \(> 300 ms\), alerting/.test(await statusBarLabel()),
      );
      await new Promise((resolve) => setTimeout(resolve, 5000));
      assert.equal((await notifications()).filter(firing).length, 1);
      await screenshot(`alert-${story.exporter}`);
    });

    it('marks the guilty line and shows slow inferences in the sidebar', async () => {
      const ends = await lineEnds();
      assert.ok(
        ends.some(({ text }) => /^▲ \d+ ms/.test(text)),
        JSON.stringify(ends),
      );
      await waitUntil('a slow row', async () => (await treeRows()).some((row) => /ms.*, slow, /.test(row)));
    });

    it('has the details of a line in its hover, with links to traces', async () => {
      await vscode.commands.executeCommand('notifications.hideList');
      await hover(`.view-line span:text-is('"storage_latency_ms"')`);
      const text = await waitUntil('the hover', async () => {
        const found = await textsOf('.monaco-hover .hover-contents');
        return found.find((content) => content.includes('p95'));
      });
      assert.match(text, /\d+ inferences · avg [\d.]+ ms · p50 [\d.]+ ms · p95 [\d.]+ ms · max [\d.]+ ms/);
      await screenshot(`hover-${story.exporter}`);
    });

    it('goes from the alert to the line', async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await vscode.commands.executeCommand('whyspan.showAlertLine');
      const editor = await waitUntil('the editor', () => vscode.window.activeTextEditor);
      assert.equal(path.basename(editor.document.uri.path), 'inference.py');
      const text = editor.document.lineAt(editor.selection.active.line).text;
      assert.match(text, /start_as_current_span\("ai_inference_pipeline"\)/);
    });

    it('draws the chart: points above the threshold, the average, the threshold, the alert', async function () {
      this.timeout(90_000);
      await vscode.commands.executeCommand('whyspan.showChart');
      await checkChart();
    });

    it('opens a point’s trace in the sidebar, by keyboard', async () => {
      await inPage(
        () => document.querySelector<HTMLElement>('.plot')?.focus(),
        null,
        'main[data-revision] canvas',
      );
      await press('End Enter');
      await waitUntil('the selected row', async () =>
        inPage(() => {
          const row = document.querySelector('.part.sidebar .monaco-list-row.selected');
          return (row?.getAttribute('aria-label') ?? '').startsWith('Storage latency');
        }, null),
      );
    });

    it('draws the chart again after another tab hid it', async () => {
      const note = await vscode.workspace.openTextDocument({ content: 'a note' });
      await vscode.window.showTextDocument(note, { viewColumn: vscode.ViewColumn.Two, preview: false });
      await vscode.commands.executeCommand('whyspan.showChart');
      await checkChart();
      await vscode.window.showTextDocument(note);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    });

    it('finds each step in order when asked why there is nothing to see', async () => {
      const answer =
        vscode.commands.executeCommand<{ name: string; isPassed: boolean; detail: string }[]>(
          'whyspan.diagnose',
        );
      await waitUntil(
        'the steps',
        async () => (await textsOf('.quick-input-widget .monaco-list-row')).length > 5,
      );
      await screenshot(`diagnose-${story.exporter}`);
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      const steps = await answer;
      assert.deepEqual(
        steps.filter(({ isPassed }) => !isPassed),
        [],
      );
      assert.match(steps.at(-1)?.detail ?? '', /inference\.py, line \d+$/);
    });

    it('hides all that it wrote into the code, and shows it again', async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      const editor = await vscode.window.showTextDocument(source);
      const at = source.positionAt(source.getText().indexOf('with tracer.start_as_current_span'));
      editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenter);
      await waitUntil('the text at line ends', async () => (await lineEnds()).length === 2);
      await vscode.commands.executeCommand('whyspan.toggleAnnotations');
      await waitUntil(
        'nothing is drawn',
        async () => (await lineEnds()).length + (await lensTitles(source.uri)).length === 0,
      );
      await vscode.commands.executeCommand('whyspan.toggleAnnotations');
      await waitUntil('the text at line ends', async () => (await lineEnds()).length === 2);
      await vscode.commands.executeCommand('whyspan.showChart');
    });

    it('looks right in each theme', async function () {
      this.timeout(90_000);
      await vscode.commands.executeCommand('notifications.clearAll');
      await vscode.commands.executeCommand('whyspan.traces.focus');
      await setViewport(2240, 1080);
      await screenshotsInAllThemes(`window-${story.exporter}`);
      await setViewport(1500, 900);
    });

    it('notifies once when it is resolved', async function () {
      this.timeout(120_000);
      await service.setFaults({ storage_delay_ms: 0 });
      await waitUntil('the notification', async () => (await notifications()).some(resolved), 90_000);
      assert.equal((await notifications()).filter(resolved).length, 1);
      await waitUntil('the status bar', async () => /, OK/.test(await statusBarLabel()));
    });

    it('says once that Jaeger is gone, keeps what it had, and recovers by itself', async function () {
      this.timeout(180_000);
      await vscode.commands.executeCommand('notifications.clearAll');
      await vscode.commands.executeCommand('whyspan.traces.focus');
      await jaeger.stop();
      await waitUntil('the notification', async () => (await notifications()).some(outage), 60_000);
      await new Promise((resolve) => setTimeout(resolve, 8000));
      const said = await notifications();
      assert.equal(said.length, 1, said.join('\n'));
      assert.ok(
        (await treeRows()).some((row) => row.startsWith('Storage latency')),
        'the tree keeps its rows',
      );
      assert.match(await statusBarLabel(), /Alerting \(Error\)/);
      await screenshot(`outage-${story.exporter}`);
      jaeger = await startJaeger({ ports: jaeger.ports });
      await waitUntil('the status bar', async () => /, OK/.test(await statusBarLabel()), 90_000);
      const afterwards = await notifications();
      assert.equal(afterwards.filter(outage).length, 1, afterwards.join('\n'));
    });
  });
}

function isUdpPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => resolve(false));
    socket.bind(port, '127.0.0.1', () => socket.close(() => resolve(true)));
  });
}

function lineOf(document: vscode.TextDocument, text: string): number {
  const lines = document.getText().split(/\r?\n/);
  const index = lines.findIndex((line) => line.includes(text));
  assert.notEqual(index, -1, `the file has a line with ${text}`);
  return index + 1;
}

interface PlotFacts {
  readonly state: string;
  readonly total: number;
  readonly current: number;
  readonly rows: readonly number[];
  readonly hues: Readonly<Record<string, number>>;
}

/** What the page of the chart says and draws: its data, and how many pixels of the canvas have which hue. */
function readPlot(): Promise<PlotFacts> {
  return inPage(
    () => {
      const main = document.querySelector('main');
      const canvas = document.querySelector('canvas');
      const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      const hues: Record<string, number> = {};
      for (let i = 0; i < pixels.length; i += 4) {
        const [r = 0, g = 0, b = 0, alpha = 0] = [pixels[i], pixels[i + 1], pixels[i + 2], pixels[i + 3]];
        const spread = Math.max(r, g, b) - Math.min(r, g, b);
        if (alpha < 40 || spread < 40) continue;
        const hue =
          r > g && r > b
            ? g > b + 30
              ? 'orange'
              : b > g + 30
                ? 'purple'
                : 'red'
            : b >= r && b >= g
              ? r > g + 20
                ? 'purple'
                : 'blue'
              : 'green';
        hues[hue] = (hues[hue] ?? 0) + 1;
      }
      const rows = [...document.querySelectorAll<HTMLElement>('tbody tr [data-value], tbody tr[data-value]')];
      return {
        state: main?.dataset.state ?? '',
        total: Number(main?.dataset.total),
        current: Number(main?.dataset.current),
        rows: rows.map((row) => Number(row.dataset.value)),
        hues,
      };
    },
    null,
    'main[data-revision] canvas',
  );
}

async function checkChart(): Promise<void> {
  const plot = await waitUntil('the chart', async () => {
    const found = await readPlot();
    return found.state === 'alerting' && (found.hues.red ?? 0) > 50 && found;
  });
  assert.ok(plot.total > 40, `${plot.total} inferences`);
  assert.ok(plot.current > 300, `the average is ${plot.current}`);
  assert.ok((plot.hues.blue ?? 0) > 20, `points are drawn: ${JSON.stringify(plot.hues)}`);
}
