import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { asked, ChartBrowser, picture, show } from './support/chartBrowser';
import { placeOf } from './support/pixels';
import { storyData } from './support/story';

const tableView = { range: '1h', frozenAtMs: undefined, isTableShown: true, columns: 900 } as const;

describe('using the latency chart', function () {
  this.timeout(60_000);
  let browser: ChartBrowser;
  let page: Page;
  const data = storyData();
  const highest = data.points.value.indexOf(Math.max(...data.points.value));
  const idsOf = (index: number) => ({
    traceId: data.points.traceId[index],
    spanId: data.points.spanId[index],
  });
  before(async () => {
    browser = await ChartBrowser.launch();
  });
  afterEach(() => page.context().close());
  after(() => browser.close());

  const moveTo = async (index: number) => {
    const place = await placeOf(page, data, data.points.timeMs[index] ?? 0, data.points.value[index] ?? 0);
    const box = await page.locator('canvas').boundingBox();
    const at = { x: (box?.x ?? 0) + place.x, y: (box?.y ?? 0) + place.y };
    await page.mouse.move(at.x, at.y);
    return at;
  };

  it('a click on a point asks for its trace', async () => {
    page = await browser.open({ data });
    const at = await moveTo(highest);
    await page.mouse.click(at.x, at.y);
    const requests = await asked(page);
    assert.deepEqual(
      requests.map(({ method, params }) => ({ method, params })),
      [{ method: 'reveal', params: idsOf(highest) }],
    );
  });

  it('with Shift, a click on a point and Enter ask for its line, and so does the link in the table', async () => {
    page = await browser.open({ data });
    const at = await moveTo(highest);
    await page.keyboard.down('Shift');
    await page.mouse.click(at.x, at.y);
    await page.locator('.plot').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.up('Shift');
    const ofPlot = (await asked(page)).map(({ method, params }) => ({ method, params }));
    assert.deepEqual(ofPlot, [
      { method: 'line', params: idsOf(highest) },
      { method: 'line', params: idsOf(highest) },
    ]);
    await page.context().close();
    page = await browser.open({
      data: { ...data, table: data.points },
      state: { version: 1, isTableShown: true },
    });
    await page
      .locator('tbody tr')
      .first()
      .getByRole('button', { name: /^Go to the line of / })
      .click();
    const [ofTable] = (await asked(page)).filter(({ method }) => method === 'line');
    assert.deepEqual(ofTable?.params, idsOf(data.points.timeMs.length - 1));
  });

  it('a click beside the points asks nothing', async () => {
    page = await browser.open({ data });
    const place = await placeOf(page, data, data.fromMs + 10 * 60_000, 600);
    await page.locator('canvas').click({ position: place, force: true });
    assert.deepEqual(await asked(page), []);
  });

  it('hovering says time, latency, prediction and service', async () => {
    page = await browser.open({ data });
    await moveTo(highest);
    await picture(page, 'chart-hover');
    const lines = await page.locator('.tooltip div').allTextContents();
    assert.match(lines[0] ?? '', /^14:00:\d\d$/);
    assert.deepEqual(lines.slice(1), [
      '749 ms',
      'fallback: bestsellers',
      'recommender',
      'Click or Enter opens the trace, with Shift the line',
    ]);
    await page.mouse.move(5, 5);
    assert.equal(await page.locator('.tooltip').isVisible(), false);
  });

  it('arrow keys step through the inferences, Enter opens the trace', async () => {
    page = await browser.open({ data });
    await page.locator('.plot').focus();
    const text = () => page.locator('.plot').getAttribute('aria-valuetext');
    assert.equal(await text(), 'No inference chosen, of 149');
    for (const key of ['ArrowLeft', 'ArrowLeft', 'ArrowLeft']) await page.keyboard.press(key);
    assert.match((await text()) ?? '', /^14:04:20, [\d.]+ ms, product-1, recommender; 147 of 149$/);
    await picture(page, 'chart-keyboard');
    await page.keyboard.press('Enter');
    const [request] = await asked(page);
    assert.deepEqual(request?.params, idsOf(146));
    await page.keyboard.press('Escape');
    assert.equal(await text(), 'No inference chosen, of 149');
  });

  it('the chosen inference stays chosen when others come', async () => {
    page = await browser.open({ data });
    await page.locator('.plot').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await show(page, storyData({ nowMs: data.nowMs + 61_000 }));
    assert.match((await page.locator('.plot').getAttribute('aria-valuetext')) ?? '', /; 1 of 148$/);
  });

  it('says why when a trace cannot be opened', async () => {
    page = await browser.open({ data, refuse: { reveal: 'This trace is no longer held.' } });
    const at = await moveTo(highest);
    await page.mouse.click(at.x, at.y);
    await page.locator('.notice', { hasText: 'This trace is no longer held.' }).waitFor();
  });

  it('range and live are chosen by radio buttons and a toggle, and kept', async () => {
    page = await browser.open({ data });
    await page.getByText('15 m', { exact: true }).click();
    await page.getByRole('button', { name: 'Live' }).click();
    const [range, live] = await asked(page);
    assert.deepEqual(range?.params, {
      ...{ range: '15m', frozenAtMs: undefined, isTableShown: false, columns: 900 },
    });
    assert.deepEqual(live?.params, { ...Object(range?.params), frozenAtMs: data.toMs });
    assert.deepEqual(await page.evaluate(() => Reflect.get(window, 'keptState')()), {
      version: 1,
      range: '15m',
      isTableShown: false,
    });
    await show(page, { ...data, isLive: false });
    assert.equal(await page.locator('button.live').getAttribute('aria-pressed'), 'false');
  });

  it('begins with what was kept', async () => {
    page = await browser.open({ data, state: { version: 1, range: 'lookback', isTableShown: true } });
    const messages = await page.evaluate(() => Reflect.get(window, 'messages'));
    assert.equal(messages[0].method, 'ready');
    assert.equal(messages[0].params.range, 'lookback');
    assert.equal(messages[0].params.isTableShown, true);
  });

  it('the table shows the same inferences, newest first, and opens traces too', async () => {
    page = await browser.open({ data });
    await page.getByRole('button', { name: 'Show as table' }).click();
    const withTable = storyData({ view: tableView });
    await show(page, { ...withTable, total: 321 });
    await picture(page, 'table');
    assert.equal(await page.locator('.count').textContent(), '321 inferences');
    assert.equal(await page.locator('caption').textContent(), 'Inferences, newest first: 149 of 321');
    assert.deepEqual(await page.locator('thead th').allTextContents(), [
      ...['Time', 'Latency (ms)', 'Prediction', 'Service', 'Trace'],
    ]);
    const rows = page.locator('tbody tr');
    assert.equal(await rows.count(), 149);
    const first = await rows.first().locator('th, td').allTextContents();
    assert.deepEqual(first, ['14:05:00', '125 ms', 'product-0', 'recommender', 'Open Line']);
    assert.equal(await page.locator('.plot').isVisible(), false);
    await rows
      .first()
      .getByRole('button', { name: /^Open the trace/ })
      .click();
    const requests = await asked(page);
    assert.deepEqual(requests.at(-1)?.params, idsOf(148));
  });

  it('the table keeps its rows, and so the focus, when new inferences come', async () => {
    page = await browser.open({
      data: storyData({ view: tableView }),
      state: { version: 1, isTableShown: true },
    });
    const button = page
      .locator('tbody tr')
      .nth(3)
      .getByRole('button', { name: /^Open the trace/ });
    await button.focus();
    const label = await button.getAttribute('aria-label');
    await show(page, storyData({ view: tableView, nowMs: data.nowMs + 61_000 }));
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-label')), label);
  });
});
