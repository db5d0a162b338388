import type { Page } from 'playwright-core';
import type { ChartData } from '../../../src/features/latencyChart/protocol';

/** Where a moment and a value lie on the canvas, by what the page says of its plot. */
export async function placeOf(
  page: Page,
  data: ChartData,
  timeMs: number,
  value: number,
): Promise<{ readonly x: number; readonly y: number }> {
  const plot = JSON.parse((await page.locator('canvas').getAttribute('data-plot')) ?? '{}');
  const perMs = (plot.right - plot.left) / (data.toMs - data.fromMs);
  const perValue = (plot.bottom - plot.top) / (plot.maxValue - plot.minValue);
  return {
    x: plot.left + (timeMs - data.fromMs) * perMs,
    y: plot.bottom - (value - plot.minValue) * perValue,
  };
}

/** The colour of a pixel of the canvas as `#rrggbb`; fully transparent is ''. */
export function colorAt(page: Page, place: { readonly x: number; readonly y: number }): Promise<string> {
  return page.locator('canvas').evaluate((canvas, { x, y }) => {
    if (!(canvas instanceof HTMLCanvasElement)) return 'no canvas';
    const [left, top] = [x, y].map((css) => Math.round(css * window.devicePixelRatio));
    const pixel = canvas.getContext('2d')?.getImageData(left ?? 0, top ?? 0, 1, 1).data ?? [];
    const [red = 0, green = 0, blue = 0, alpha = 0] = pixel;
    if (alpha === 0) return '';
    return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`.toUpperCase();
  }, place);
}

/** How many pixels of the canvas have exactly a colour, given as `#RRGGBB`. */
export function countPixels(page: Page, color: string): Promise<number> {
  return page.locator('canvas').evaluate((canvas, wanted) => {
    if (!(canvas instanceof HTMLCanvasElement)) return 0;
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    const rgb = Number.parseInt(wanted.slice(1), 16);
    let count = 0;
    for (let i = 0; i < pixels.length; i += 4) {
      const its = ((pixels[i] ?? 0) << 16) | ((pixels[i + 1] ?? 0) << 8) | (pixels[i + 2] ?? 0);
      if (its === rgb && pixels[i + 3] === 255) count++;
    }
    return count;
  }, color);
}
