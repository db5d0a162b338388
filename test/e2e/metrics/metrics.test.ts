import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { postSpans } from '../../integration/otlpPost';
import { waitUntil } from '../../support/waitUntil';
import {
  importTool,
  inPage,
  notifications,
  press,
  screenshot,
  screenshotsInAllThemes,
  setSetting,
  setViewport,
  statusBarLabel,
} from '../../support/window';

interface SpanMetrics {
  readonly jaeger: { readonly url: string; readonly otlpHttp: string };
  readonly prometheus: { readonly url: string };
  stop(): Promise<void>;
}

type Step = { readonly name: string; readonly isPassed: boolean; readonly detail: string };

const durationMs = 500;
const chart = 'main[data-revision] canvas';

/** Texts of the chart's page. */
function chartTexts(selector: string): Promise<string[]> {
  return inPage(
    (wanted) =>
      [...document.querySelectorAll<HTMLElement>(wanted)]
        .filter((item) => item.offsetParent !== null)
        .map((item) => item.textContent ?? ''),
    selector,
    chart,
  );
}

/** The last step of a diagnosis. */
async function diagnoseMetrics(name: string): Promise<Step | undefined> {
  const answer = vscode.commands.executeCommand<Step[]>('whyspan.diagnose');
  // The list of the one before is still there, hidden.
  await waitUntil('the steps', () =>
    inPage(
      () =>
        [...document.querySelectorAll<HTMLElement>('.quick-input-widget .monaco-list-row')].some(
          (row) => row.offsetParent !== null && (row.textContent ?? '').includes('Metrics'),
        ),
      null,
    ),
  );
  await screenshot(name);
  await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
  return (await answer).at(-1);
}

/** Waits until the line that is drawn ends between two values. */
async function lineEndsAt(low: number, high: number): Promise<void> {
  await waitUntil('the line', async () => {
    const end = await inPage(
      () => Number(document.querySelector<HTMLElement>('main')?.dataset.lineEnd),
      null,
      chart,
    );
    return end >= low && end <= high;
  });
}

const barSays = (pattern: RegExp, timeoutMs = 40_000) =>
  waitUntil(`the status bar says ${pattern}`, async () => pattern.test(await statusBarLabel()), timeoutMs);

describe('an alert and a chart on metrics', () => {
  let metrics: SpanMetrics;
  let sending: NodeJS.Timeout;

  before(async function () {
    this.timeout(60_000);
    const { startSpanMetrics } = await importTool<{ startSpanMetrics(): Promise<SpanMetrics> }>(
      'prometheus/startSpanMetrics.mjs',
    );
    metrics = await startSpanMetrics();
    const send = () =>
      postSpans(metrics.jaeger.otlpHttp, [
        {
          ...{ service: 'recommender', name: 'ai_inference_pipeline', durationUs: durationMs * 1000 },
          startUs: (Date.now() - durationMs) * 1000,
          attributes: { storage_latency_ms: 45, model_prediction: 'cat' },
        },
      ]);
    sending = setInterval(() => void send(), 300);
    await setViewport(1500, 900);
    await setSetting('whyspan.poll.intervalSeconds', 1);
    await setSetting('whyspan.alert.window', '20s');
    await setSetting('whyspan.alert.frequency', '1s');
    await setSetting('whyspan.connections', [{ name: 'staging', url: metrics.jaeger.url }]);
    await barSays(/storage_latency_ms avg 45 ms, OK/);
  });

  after(async () => {
    clearInterval(sending);
    await metrics?.stop();
  });

  it('says that there is no Prometheus to ask when none is set', async () => {
    await setSetting('whyspan.metrics.source', 'prometheus');
    await barSays(/Metrics unavailable/);
    const step = await diagnoseMetrics('diagnose-no-url');
    assert.deepEqual([step?.name, step?.isPassed], ['Metrics', false]);
    assert.match(step?.detail ?? '', /whyspan\.metrics\.url is empty/);
    // The progress of the diagnosis may still be leaving.
    await waitUntil('no notification', async () => (await notifications()).length === 0);
  });

  it('fires on the duration that Prometheus knows, and says what that is and where it comes from', async () => {
    await setSetting('whyspan.metrics.url', metrics.prometheus.url);
    await barSays(/duration of ai_inference_pipeline avg 500 ms, Alerting \(> 300 ms\)/);
    const said = await notifications();
    assert.match(
      said[0] ?? '',
      /^High Storage Latency Alert: avg of duration of ai_inference_pipeline \(Prometheus at http:\/\/127\.0\.0\.1:\d+\) in recommender was 500 ms over the last 20s, above 300 ms\.$/,
    );
    assert.equal(said.length, 1, said.join('\n'));
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('draws its line, with the durations of traces as points, and reaches back further than they do', async () => {
    await vscode.commands.executeCommand('whyspan.showChart');
    const count = await waitUntil('the header', async () =>
      (await chartTexts('.count')).find((text) => text.includes('Prometheus')),
    );
    assert.match(count, /^\d+ inferences · line: Prometheus at http:\/\/127\.0\.0\.1:\d+; points: traces$/);
    assert.deepEqual(await chartTexts('.ranges span'), ['15 m', '1 h', 'Look-back', '6 h', '24 h']);
    assert.deepEqual(await chartTexts('h1'), ['duration of ai_inference_pipeline']);
    assert.deepEqual(await chartTexts('.current'), ['500 ms']);
    await lineEndsAt(499, 501);
    assert.deepEqual(
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label)),
      ['Metrics: duration of ai_inference_pipeline'],
    );
    await inPage(() => document.querySelector<HTMLInputElement>('input[value="15m"]')?.click(), null, chart);
    await screenshotsInAllThemes('chart-prometheus');
  });

  it('opens the trace of a point, by keyboard', async () => {
    await inPage(() => document.querySelector<HTMLElement>('.plot')?.focus(), null, chart);
    await press('End Enter');
    await waitUntil('the selected row', async () =>
      inPage(() => {
        const row = document.querySelector('.part.sidebar .monaco-list-row.selected');
        return (row?.getAttribute('aria-label') ?? '').startsWith('Storage latency 45 ms');
      }, null),
    );
  });

  it('is found in order by the diagnosis', async () => {
    const step = await diagnoseMetrics('diagnose-prometheus');
    assert.deepEqual([step?.name, step?.isPassed], ['Metrics', true]);
    assert.match(
      step?.detail ?? '',
      /^recommender 500 ms: avg of duration of ai_inference_pipeline over 20s, from Prometheus at /,
    );
  });

  it('says what is wrong with a query, in the chart as in the status bar', async () => {
    await setSetting('whyspan.metrics.query', 'sum((');
    await barSays(/Metrics unavailable/);
    const banner = await waitUntil('the banner', async () =>
      (await chartTexts('.banner p')).find((text) => text.includes('parse error')),
    );
    assert.match(
      banner,
      /^The line is not up to date\. Prometheus cannot answer the query: .*unclosed left parenthesis/,
    );
    await screenshot('chart-wrong-query');
    await setSetting('whyspan.metrics.query', undefined);
  });

  it('takes a quantile from the Jaeger that is connected instead', async () => {
    await setSetting('whyspan.metrics.source', 'jaeger-spm');
    await barSays(/duration of ai_inference_pipeline p95 7\d\d ms, Alerting/);
    await waitUntil('the header', async () =>
      (await chartTexts('.count')).some((text) =>
        text.includes('line: the span metrics of Jaeger “staging”'),
      ),
    );
    await waitUntil('the window', async () =>
      (await chartTexts('.window')).some((text) => text === '20s p95'),
    );
    await lineEndsAt(700, 800);
    await screenshot('chart-spm');
  });

  it('goes back to the traces, as another story', async () => {
    await vscode.commands.executeCommand('notifications.clearAll');
    await setSetting('whyspan.metrics.source', undefined);
    await barSays(/storage_latency_ms avg 45 ms, OK/);
    await waitUntil('the ranges', async () => (await chartTexts('.ranges span')).length === 3);
    assert.deepEqual(await notifications(), []);
  });
});
