import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { ChartData, ChartStrings } from '../../../src/features/latencyChart/protocol';
import { newNonce, webviewHtml } from '../../../src/platform/webviewHtml';
import { bundle, englishStrings } from './chartBundle';
import { darkModern, type TestTheme } from './themes';

const root = join(__dirname, '..', '..', '..');
const artifacts = join(root, 'test', 'artifacts', 'browser');
const origin = 'http://whyspan.test';

/** What a page is opened with. */
export interface OpenOptions {
  readonly data: ChartData;
  readonly theme?: TestTheme;
  readonly width?: number;
  readonly height?: number;
  /** What an earlier page kept. */
  readonly state?: unknown;
  /** Requests by these names are answered with these errors. */
  readonly refuse?: Readonly<Record<string, string>>;
}

/** A real Chromium that shows the chart's page as VS Code would: served, under its CSP, with a stand-in for VS Code's API. */
export class ChartBrowser {
  readonly #browser: Browser;
  readonly #bundles: { readonly page: string; readonly standIn: string };
  readonly #strings: ChartStrings;
  readonly #css = readFileSync(join(root, 'media', 'latencyChart.css'), 'utf8');

  private constructor(browser: Browser, bundles: { page: string; standIn: string }, strings: ChartStrings) {
    this.#browser = browser;
    this.#bundles = bundles;
    this.#strings = strings;
  }

  static async launch(): Promise<ChartBrowser> {
    mkdirSync(artifacts, { recursive: true });
    const page = await bundle('src/webview/latencyChart/main.ts');
    const standIn = await bundle('test/browser/support/standIn.ts');
    const strings = await englishStrings();
    const quiet = ['background-networking', 'component-update', 'sync'].map((name) => `--disable-${name}`);
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', ...quiet],
    });
    return new ChartBrowser(browser, { page, standIn }, strings);
  }

  /** Opens the page and waits until it has shown the data. */
  async open(options: OpenOptions): Promise<Page> {
    const { data, theme = darkModern, width = 900, height = 480, state, refuse = {} } = options;
    const context = await this.#browser.newContext({
      ...{ viewport: { width, height }, timezoneId: 'Europe/Berlin', locale: 'en-US' },
    });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    await page.route(`${origin}/**`, (route) => this.#serve(route.request().url(), route));
    const init = { strings: this.#strings, language: 'en' };
    const setup = JSON.stringify({ init, data, theme, state, refuse });
    await page.addInitScript({
      content: `window.chartSetup = ${setup};
${this.#bundles.standIn}`,
    });
    await page.goto(`${origin}/`);
    const drawn = page.locator('main[data-revision]').waitFor({ state: 'attached', timeout: 10_000 });
    await drawn.catch((error: unknown) => errors.push(String(error)));
    if (errors.length > 0) throw new Error(errors.join('\n'));
    return page;
  }

  close(): Promise<void> {
    return this.#browser.close();
  }

  async #serve(url: string, route: Parameters<Parameters<Page['route']>[1]>[0]): Promise<void> {
    if (url.endsWith('.js'))
      return route.fulfill({ contentType: 'text/javascript', body: this.#bundles.page });
    if (url.endsWith('.css')) return route.fulfill({ contentType: 'text/css', body: this.#css });
    if (url !== `${origin}/`) return route.fulfill({ status: 404 });
    const uris = { scriptUri: `${origin}/page.js`, styleUri: `${origin}/page.css` };
    const page = { title: 'Storage Latency', language: 'en', cspSource: origin, nonce: newNonce(), ...uris };
    return route.fulfill({ contentType: 'text/html', body: webviewHtml(page) });
  }
}

/** Shows other data in an open page. */
export async function show(page: Page, data: ChartData): Promise<void> {
  const before = await page.locator('main').getAttribute('data-revision');
  await page.evaluate(
    (params) => window.postMessage({ kind: 'notification', method: 'data', params }, '*'),
    data,
  );
  await page.waitForFunction((old) => document.querySelector('main')?.dataset.revision !== old, before);
}

/** What the page has asked, but for `ready`. */
export async function asked(page: Page): Promise<{ method: string; params: unknown }[]> {
  const messages = await page.evaluate(() => Reflect.get(window, 'messages'));
  return messages.filter(({ method }: { method: string }) => method !== 'ready');
}

/** Leaves a picture in test/artifacts/browser. */
export async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(artifacts, `${name}.png`) });
}
