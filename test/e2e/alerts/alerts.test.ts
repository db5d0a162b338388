import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { postSpans } from '../../integration/otlpPost';
import { waitUntil } from '../../support/waitUntil';
import {
  importTool,
  notifications,
  screenshot,
  screenshotsInAllThemes,
  setSetting,
  setViewport,
  statusBarLabel,
  treeRows,
} from '../../support/window';

interface Jaeger {
  readonly url: string;
  readonly otlpHttp: string;
  readonly ports: Readonly<Record<string, number>>;
  stop(): Promise<void>;
}

const name = 'Slow storage';
const row = async () => (await treeRows()).find((text) => text.startsWith(`Alert rule ${name}`)) ?? '';

/** Waits for a state of the rule in the Alerts view. */
const stateIs = (state: string, timeoutMs = 40_000) =>
  waitUntil(`the rule is ${state}`, async () => (await row()).includes(`, ${state}`), timeoutMs);

describe('a unified alert rule on a real Jaeger', () => {
  let jaeger: Jaeger;
  let startJaeger: (options: object) => Promise<Jaeger>;
  let sending: NodeJS.Timeout;
  let latencyMs: number | undefined = 40;

  before(async function () {
    this.timeout(120_000);
    ({ startJaeger } = await importTool<{ startJaeger: typeof startJaeger }>('jaeger/startJaeger.mjs'));
    jaeger = await startJaeger({});
    const send = async () => {
      if (latencyMs === undefined) return;
      const durationUs = 20_000;
      const startUs = Date.now() * 1000 - durationUs;
      const attributes = { storage_latency_ms: latencyMs, model_prediction: 'cat' };
      const span = { service: 'recommender', name: 'ai_inference_pipeline', startUs, durationUs, attributes };
      // While it is down there is nobody to send to.
      await postSpans(jaeger.otlpHttp, [span]).catch(() => undefined);
    };
    sending = setInterval(() => void send(), 250);
    await setViewport(1500, 900);
    await setSetting('whyspan.poll.intervalSeconds', 1);
    await setSetting('whyspan.alerts.graceSeconds', 2);
    const times = { window: '5s', frequency: '1s', for: '5s', keepFiringFor: '5s' };
    const evaluator = { type: 'gt', params: [300] };
    await setSetting('whyspan.alerts.rules', [{ name, evaluator, ...times }]);
    await setSetting('whyspan.connections', [{ name: 'staging', url: jaeger.url }]);
    await vscode.commands.executeCommand('whyspan.alerts.focus');
  });

  after(async () => {
    clearInterval(sending);
    await jaeger?.stop();
  });

  it('is normal while the storage is fast', async () => {
    await stateIs('Normal');
    assert.match(await row(), /^Alert rule Slow storage, Normal, 40 ms, since /);
    assert.match(await statusBarLabel(), /Slow storage: Normal/);
  });

  it('is pending when it becomes slow, which nobody is told', async () => {
    latencyMs = 900;
    await stateIs('Pending');
    assert.deepEqual(await notifications(), []);
    await screenshot('pending');
  });

  it('alerts when it has been slow for as long as it must, and says so once', async () => {
    await stateIs('Alerting');
    const said = await waitUntil('the notification', async () => {
      const found = await notifications();
      return found.length > 0 && found;
    });
    assert.match(
      said[0] ?? '',
      /^Slow storage: avg of storage_latency_ms in recommender was \d+ ms over the last 5s, above 300 ms\.$/,
    );
    await new Promise((resolve) => setTimeout(resolve, 4000));
    assert.equal((await notifications()).length, 1);
    assert.match(await statusBarLabel(), /Slow storage: Alerting/);
    await screenshotsInAllThemes('alerting');
  });

  it('recovers when it is fast again, is resolved after that, and says so once', async () => {
    latencyMs = 40;
    await stateIs('Recovering');
    assert.equal((await notifications()).length, 1);
    await stateIs('Normal');
    const said = await waitUntil('the notification', async () => {
      const found = await notifications();
      return found.length > 1 && found;
    });
    assert.match(
      said[0] ?? '',
      /^Slow storage is resolved: avg of storage_latency_ms in recommender is 40 ms/,
    );
    assert.equal(said.length, 2, said.join('\n'));
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('is in the error state that is configured when Jaeger is down, and says so once', async function () {
    this.timeout(120_000);
    await jaeger.stop();
    await stateIs('Error');
    await new Promise((resolve) => setTimeout(resolve, 4000));
    const said = await notifications();
    assert.equal(said.length, 1, said.join('\n'));
    assert.match(said[0] ?? '', /^Slow storage is Error: Jaeger “staging” does not answer\./);
    await screenshotsInAllThemes('error');
    jaeger = await startJaeger({ ports: jaeger.ports });
    await stateIs('Normal', 90_000);
    assert.equal((await notifications()).length, 2);
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('has no data when none comes, which is shown and not told', async () => {
    latencyMs = undefined;
    await stateIs('NoData');
    await new Promise((resolve) => setTimeout(resolve, 3000));
    assert.deepEqual(await notifications(), []);
    await screenshot('no-data');
  });
});
