// @ts-check
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const TIMEOUT_MS = 20_000;

/**
 * What a suite can do with the window it runs in. `selector` is Playwright's; the element is looked for in the main frame
 * first, then in each other one (webviews are frames), until it is there or the time is over.
 * @param {import('./testWindow.mjs').TestWindow} window
 */
export function bridgeActions({ page, messages }) {
  /**
   * @param {string} selector
   * @param {number} [timeoutMs]
   */
  async function frameWith(selector, timeoutMs = TIMEOUT_MS) {
    for (const end = Date.now() + timeoutMs; ; await delay(100)) {
      for (const frame of page.frames()) {
        const count = await frame.locator(selector).count().catch(ignoreDetached);
        if (count) return frame;
      }
      if (Date.now() > end)
        throw new Error(
          `no frame has ${selector}: ${page
            .frames()
            .map((frame) => frame.url())
            .join('\n')}`,
        );
    }
  }

  /** @param {{selector: string, timeoutMs?: number}} target */
  const locate = async ({ selector, timeoutMs }) =>
    (await frameWith(selector, timeoutMs)).locator(selector).first();

  return {
    /** @param {{path: string, selector?: string, clip?: {x: number, y: number, width: number, height: number}}} options */
    screenshot: async ({ path: file, selector, clip }) => {
      fs.mkdirSync(path.dirname(file), { recursive: true });
      if (selector !== undefined) await (await locate({ selector })).screenshot({ path: file });
      else await page.screenshot({ path: file, ...(clip === undefined ? {} : { clip }) });
      return file;
    },
    /** @param {{fn: string, arg?: unknown, when?: string, timeoutMs?: number}} options */
    evaluate: async ({ fn, arg, when, timeoutMs = TIMEOUT_MS }) => {
      for (const end = Date.now() + timeoutMs; ; await delay(100)) {
        const frame = when === undefined ? page.mainFrame() : await frameWith(when, end - Date.now());
        try {
          return await frame.evaluate(`(${fn})(${JSON.stringify(arg ?? null)})`);
        } catch (error) {
          if (Date.now() > end) throw error;
          ignoreDetached(error);
        }
      }
    },
    /** @param {{path: string, when?: string}} options a script file, e.g. axe-core's, run whatever the page's policy */
    inject: async ({ path: file, when }) => {
      const frame = when === undefined ? page.mainFrame() : await frameWith(when);
      await frame.evaluate(`${fs.readFileSync(file, 'utf8')}\n;undefined`);
    },
    /** @param {{selector: string, button?: 'left' | 'right', position?: {x: number, y: number}, clickCount?: number, modifiers?: Array<'Alt' | 'Control' | 'Meta' | 'Shift'>, timeoutMs?: number}} options */
    click: async (options) => (await locate(options)).click(clickOptions(options)),
    /** @param {{selector: string, position?: {x: number, y: number}, timeoutMs?: number}} options */
    hover: async (options) => (await locate(options)).hover(clickOptions(options)),
    /** @param {{text: string, selector?: string}} options typed where the focus is, or into the element */
    type: async ({ text, selector }) => {
      if (selector !== undefined) await (await locate({ selector })).focus();
      await page.keyboard.type(text, { delay: 10 });
    },
    /** @param {{keys: string}} options such as `Control+Shift+P`, or several with blanks between */
    press: async ({ keys }) => {
      for (const key of keys.split(' ')) await page.keyboard.press(key);
    },
    /** @param {{x: number, y: number, toX?: number, toY?: number}} options moves; drags when a second place is given */
    mouse: async ({ x, y, toX, toY }) => {
      await page.mouse.move(x, y);
      if (toX === undefined || toY === undefined) return;
      await page.mouse.down();
      await page.mouse.move(toX, toY, { steps: 8 });
      await page.mouse.up();
    },
    /** @param {{selector: string, state?: 'visible' | 'hidden', timeoutMs?: number}} options */
    waitFor: async ({ selector, state = 'visible', timeoutMs = TIMEOUT_MS }) => {
      if (state === 'visible') return (await locate({ selector, timeoutMs })).waitFor({ timeout: timeoutMs });
      for (const frame of page.frames())
        await frame.locator(selector).first().waitFor({ state, timeout: timeoutMs }).catch(ignoreDetached);
    },
    /** @param {{selector: string, timeoutMs?: number}} options */
    // biome-ignore lint/performance/useDomNodeTextContent: what is shown, not what is hidden by styles
    text: async (options) => (await locate(options)).innerText(),
    /** @param {{selector: string, timeoutMs?: number}} options */
    box: async (options) => (await locate(options)).boundingBox(),
    /** @param {{width: number, height: number}} size */
    setViewport: async ({ width, height }) => page.setViewportSize({ width, height }),
    frames: async () => page.frames().map((frame) => frame.url()),
    /** what the window's frames wrote to their consoles, e.g. violations of a content security policy */
    consoleMessages: async () => messages,
  };
}

/**
 * What Playwright takes: the selector must go, or it would replace the locator's own.
 * @template {{selector: string, timeoutMs?: number}} T
 * @param {T} options
 */
function clickOptions({ timeoutMs = TIMEOUT_MS, selector: _, ...options }) {
  return { timeout: timeoutMs, ...options };
}

/** @param {unknown} error @returns {number} */
function ignoreDetached(error) {
  if (!/detached|destroyed|closed|Execution context/i.test(String(error))) throw error;
  return 0;
}
