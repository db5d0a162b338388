import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { HumanError } from '../../src/core/humanError';
import { chartData } from '../../src/features/latencyChart/model';
import { inputOf, minuteMs, nowMs } from '../unit/features/latencyChart/inferenceStore';
import { asked, ChartBrowser, picture, show } from './support/chartBrowser';
import { layoutFaults } from './support/layout';
import { storyData } from './support/story';
import { themes } from './support/themes';

const failing = {
  ...{ kind: 'failing' as const, sinceUs: (nowMs - 3 * minuteMs) * 1000, retryAtUs: nowMs * 1000 },
  error: new HumanError('unreachable', 'Jaeger does not answer at http://localhost:16686. Is it running?'),
};
const failingData = storyData({
  source: { ...failing, hasAnswered: true },
  answeredAtUs: (nowMs - 4 * minuteMs) * 1000,
});
const emptyData = chartData(inputOf([]));
const metricNames = {
  quantity: 'duration of ai_inference_pipeline',
  statistic: 'p95',
  from: 'Prometheus at http://prometheus.example:9090/base/path',
  unit: 'ms',
};
/** A line over six hours of which traces are held for the last one. */
const metricsLine = (failure?: string) => () => ({
  line: {
    timeMs: Array.from({ length: 181 }, (_, i) => nowMs - (180 - i) * 2 * minuteMs),
    value: Array.from({ length: 181 }, (_, i) => (i > 60 && i < 70 ? null : 180 + 60 * Math.sin(i / 9))),
  },
  seriesCount: 1,
  failure,
});
const metricsData = storyData({
  ...{ names: metricNames, metricsLine: metricsLine() },
  view: { range: '6h', frozenAtMs: undefined, isTableShown: false, columns: 900 },
});
const metricsFailingData = storyData({
  names: metricNames,
  metricsLine: metricsLine('Prometheus cannot answer the query: 1:6: parse error: unclosed left parenthesis'),
});
const tableData = storyData({
  view: { range: '1h', frozenAtMs: undefined, isTableShown: true, columns: 900 },
});

describe('the states of the latency chart', function () {
  this.timeout(60_000);
  let browser: ChartBrowser;
  let page: Page;
  before(async () => {
    browser = await ChartBrowser.launch();
  });
  afterEach(() => page.context().close());
  after(() => browser.close());

  it('without inferences it says what to do, and offers help', async () => {
    page = await browser.open({ data: emptyData });
    await picture(page, 'empty');
    const text = await page.locator('.placeholder p').textContent();
    assert.match(text ?? '', /No inferences yet.*each span “ai_inference_pipeline” becomes a point/);
    assert.equal(await page.locator('canvas').isVisible(), false);
    await page.getByRole('button', { name: 'Diagnose…' }).click();
    assert.deepEqual((await asked(page)).at(-1)?.params, { action: 'diagnose' });
    await show(page, chartData(inputOf([], { source: { kind: 'idle' } })));
    await page.getByRole('button', { name: 'Connect…' }).click();
    assert.deepEqual((await asked(page)).at(-1)?.params, { action: 'connect' });
  });

  it('says that it waits for the first answer, then draws', async () => {
    page = await browser.open({ data: chartData(inputOf([], { source: { kind: 'connecting' } })) });
    assert.match((await page.locator('.placeholder p').textContent()) ?? '', /Asking Jaeger for traces…/);
    await show(page, storyData());
    assert.equal(await page.locator('.placeholder').isVisible(), false);
    assert.equal(await page.locator('canvas').isVisible(), true);
  });

  it('says what fails and of when the picture is, and lets try again', async () => {
    page = await browser.open({ data: failingData });
    await picture(page, 'failing');
    assert.equal(
      await page.locator('.banner p').textContent(),
      'Not up to date. Jaeger does not answer at http://localhost:16686. Is it running? What is shown is from 14:01.',
    );
    assert.deepEqual(await layoutFaults(page), []);
    await page.getByRole('button', { name: 'Try again' }).click();
    assert.deepEqual((await asked(page)).at(-1)?.params, { action: 'refresh' });
  });

  it('says where a line of metrics comes from, and offers more time than traces are held', async () => {
    page = await browser.open({ data: metricsData });
    await picture(page, 'metrics');
    const count = await page.locator('.count').textContent();
    assert.match(
      count ?? '',
      /line: Prometheus at http:\/\/prometheus\.example:9090\/base\/path; points: traces$/,
    );
    assert.equal(await page.locator('.window').textContent(), '5m p95');
    assert.equal(await page.locator('h1').textContent(), 'duration of ai_inference_pipeline');
    const ranges = () => page.locator('.ranges label:visible span').allTextContents();
    assert.deepEqual(await ranges(), ['15 m', '1 h', 'Look-back', '6 h', '24 h']);
    await page.getByText('24 h').click();
    const [request] = await asked(page);
    assert.deepEqual([request?.method, Reflect.get(Object(request?.params), 'range')], ['view', '24h']);
    await show(page, storyData());
    assert.deepEqual(await ranges(), ['15 m', '1 h', 'Look-back']);
    for (const width of [420, 700, 1200]) {
      await page.setViewportSize({ width, height: 700 });
      await show(page, metricsData);
      assert.deepEqual(await layoutFaults(page), [], `${width} px`);
    }
  });

  it('draws a line of metrics though no trace is held', async () => {
    page = await browser.open({
      data: chartData(inputOf([], { names: metricNames, metricsLine: metricsLine() })),
    });
    assert.equal(await page.locator('.placeholder').isVisible(), false);
    assert.equal(await page.locator('canvas').isVisible(), true);
  });

  it('says why a line of metrics is not up to date, and leads to the diagnosis', async () => {
    page = await browser.open({ data: metricsFailingData });
    await picture(page, 'metrics-failing');
    assert.match(
      (await page.locator('.banner p').textContent()) ?? '',
      /^The line is not up to date\. Prometheus cannot answer the query: 1:6/,
    );
    await page.getByRole('button', { name: 'Diagnose…' }).click();
    assert.deepEqual((await asked(page)).at(-1)?.params, { action: 'diagnose' });
  });

  it('says where the newest inference is when none is within the axis', async () => {
    page = await browser.open({ data: chartData(inputOf([{ agoMs: 90 * minuteMs, value: 1 }])) });
    assert.match((await page.locator('.banner p').textContent()) ?? '', /The newest one ended at 12:35\./);
    assert.equal(await page.locator('canvas').isVisible(), true);
  });

  it('names the state of the alert by a shape and a word', async () => {
    page = await browser.open({ data: storyData() });
    const badge = () => page.locator('.state .name').textContent();
    assert.equal(await badge(), '▲Alerting');
    const states = [
      ['ok', '●OK'],
      ['no_data', '○No data'],
      ['unknown', '◌Not evaluated yet'],
      ['off', '–Alert off'],
    ] as const;
    for (const [name, text] of states) {
      await show(page, { ...storyData(), state: { name, sinceMs: nowMs, isOutage: false } });
      assert.equal(await badge(), text);
    }
  });

  it('announces a change of state, and no update besides', async () => {
    page = await browser.open({ data: storyData() });
    const live = () => page.locator('.live-region').textContent();
    const before = await live();
    assert.match(before ?? '', /^Storage latency: Alerting; the 5m average is 382 ms, above/);
    await show(page, { ...storyData(), current: 900 });
    assert.equal(await live(), before);
    await show(page, { ...storyData(), current: 90, state: { name: 'ok', sinceMs: nowMs, isOutage: false } });
    assert.match((await live()) ?? '', /^Storage latency: OK; the 5m average is 90 ms, not above/);
  });

  it('treats texts of traces as text', async () => {
    const prediction = '<img src=x onerror=document.title="owned">';
    page = await browser.open({ data: chartData(inputOf([{ agoMs: 0, value: 100, prediction }])) });
    await page.locator('.plot').focus();
    await page.keyboard.press('End');
    assert.equal(await page.locator('.tooltip div').nth(2).textContent(), prediction);
    assert.equal(await page.locator('img').count(), 0);
  });

  const shown = {
    chart: storyData(),
    metrics: metricsData,
    table: tableData,
    empty: emptyData,
    failing: failingData,
  };
  for (const theme of themes) {
    for (const [name, data] of Object.entries(shown)) {
      it(`has nothing that axe finds fault with: ${name}, ${theme.name}`, async () => {
        page = await browser.open({ data, theme, state: { version: 1, isTableShown: name === 'table' } });
        await picture(page, `${name}-${theme.name}`);
        await page.evaluate(axe.source);
        const violations = await page.evaluate(async () => {
          const result = await Reflect.get(window, 'axe').run();
          return result.violations.map((found: { id: string; nodes: { html: string }[] }) => [
            found.id,
            ...found.nodes.map(({ html }) => html),
          ]);
        });
        assert.deepEqual(violations, []);
      });
    }
  }
});
