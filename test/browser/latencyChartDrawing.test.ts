import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { ChartBrowser, picture, show } from './support/chartBrowser';
import { layoutFaults } from './support/layout';
import { colorAt, countPixels, placeOf } from './support/pixels';
import { storyData } from './support/story';
import { darkModern, highContrastDark, lightModern } from './support/themes';

describe('the drawing of the latency chart', function () {
  this.timeout(60_000);
  let browser: ChartBrowser;
  let page: Page | undefined;
  before(async () => {
    browser = await ChartBrowser.launch();
  });
  afterEach(() => page?.context().close());
  after(() => browser.close());

  it('has each inference where its time and its latency are, in the colour of its side of the threshold', async () => {
    const data = storyData();
    page = await browser.open({ data });
    const { timeMs, value } = data.points;
    // Where the line of the average, at about 125 ms, does not lie over them.
    const free = [...value.keys()].filter((index) => (value[index] ?? 0) > 148 && (value[index] ?? 0) < 160);
    assert.ok(free.length > 5);
    for (const index of free) {
      const place = await placeOf(page, data, timeMs[index] ?? 0, value[index] ?? 0);
      assert.equal(await colorAt(page, place), '#3794FF', `point ${index}`);
    }
    const highest = value.indexOf(Math.max(...value));
    const place = await placeOf(page, data, timeMs[highest] ?? 0, value[highest] ?? 0);
    assert.equal(await colorAt(page, place), '#D18616');
  });

  it('has the threshold as a dashed line, the average as a line, and the shade of alerting', async () => {
    const data = storyData();
    page = await browser.open({ data });
    const dashes = await countPixels(page, '#F14C4C');
    assert.ok(dashes > 200 && dashes < 1500, `${dashes} pixels of the threshold`);
    assert.ok((await countPixels(page, '#B180D7')) > 300);
    const [period] = data.periods.filter(({ state }) => state === 'alerting');
    const within = await placeOf(page, data, (period?.fromMs ?? 0) + 30_000, 30);
    const before = await placeOf(page, data, (period?.fromMs ?? 0) - 30_000, 30);
    assert.equal(await colorAt(page, before), '');
    assert.notEqual(await colorAt(page, within), '');
  });

  it('moves with the data', async () => {
    const data = storyData();
    page = await browser.open({ data });
    const later = storyData({ nowMs: data.nowMs + 10 * 60_000 });
    await show(page, later);
    assert.equal(await page.locator('main').getAttribute('data-to-ms'), String(data.toMs + 10 * 60_000));
    const index = later.points.value.indexOf(Math.max(...later.points.value));
    const place = await placeOf(page, later, later.points.timeMs[index] ?? 0, later.points.value[index] ?? 0);
    assert.equal(await colorAt(page, place), '#D18616');
  });

  it('takes the new colours when the theme changes', async () => {
    page = await browser.open({ data: storyData() });
    assert.equal(await countPixels(page, '#1A85FF'), 0);
    for (const theme of [lightModern, highContrastDark, darkModern]) {
      await page.evaluate((next) => Reflect.get(window, 'useTheme')(next), theme);
      await page.waitForTimeout(100);
      const { 'charts-blue': point = '', 'charts-red': threshold = '' } = theme.variables;
      assert.ok((await countPixels(page, point)) > 500, `${theme.name}: points`);
      assert.ok((await countPixels(page, threshold)) > 200, `${theme.name}: threshold`);
    }
    assert.equal(await countPixels(page, '#1A85FF'), 0);
  });

  for (const width of [250, 320, 420, 640, 900, 2000]) {
    it(`overlaps nothing at a width of ${width} px, and names the threshold in full`, async () => {
      page = await browser.open({ data: storyData(), width, height: 520 });
      await picture(page, `chart-${width}`);
      assert.deepEqual(await layoutFaults(page), []);
      const plot = JSON.parse((await page.locator('canvas').getAttribute('data-plot')) ?? '{}');
      const canvasWidth = await page.locator('canvas').evaluate((canvas) => canvas.clientWidth);
      assert.ok(plot.right - plot.left > 90, 'there is a plot');
      assert.ok(canvasWidth - plot.right > 40, 'there is room for the threshold’s name');
    });
  }

  it('follows the window from narrow to wide', async () => {
    page = await browser.open({ data: storyData(), width: 300 });
    await page.setViewportSize({ width: 1400, height: 500 });
    await page.waitForFunction(() => (document.querySelector('canvas')?.clientWidth ?? 0) > 1300);
    assert.deepEqual(await layoutFaults(page), []);
  });

  it('thins out many inferences, and says so', async () => {
    const data = storyData();
    const many = { ...data, total: 12_345 };
    page = await browser.open({ data: many });
    const text = await page.locator('.count').textContent();
    assert.equal(text, '12,345 inferences, 149 drawn: the lowest and highest of each pixel');
    const sample = { known: 149, estimated: 6000, errorPercent: 4, isAtLeast: false };
    await show(page, { ...data, sample, isPaused: true });
    assert.equal(
      await page.locator('.count').textContent(),
      '149 of about 6,000 inferences · a sample (± 4 %), weighted by what each inference stands for · paused',
    );
  });
});
