import type { Page } from 'playwright-core';

/** Texts and controls of the page that overlap one another or stick out of the window; empty when all is well. */
export function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const selector =
      'h1, .current, .window, .state .name, .since, .count, .ranges span, button, .legend li, .plot, .banner p';
    const boxes = [...document.querySelectorAll(selector)]
      .map((item) => ({ item, box: item.getBoundingClientRect() }))
      .filter(({ box, item }) => box.width > 0 && !item.closest('.table'));
    for (const [index, { item, box }] of boxes.entries()) {
      const name = `${item.className || item.tagName} “${item.textContent?.slice(0, 30)}”`;
      if (box.left < 0 || box.right > window.innerWidth + 0.5) faults.push(`${name} sticks out`);
      for (const { item: other, box: its } of boxes.slice(index + 1)) {
        const width = Math.min(box.right, its.right) - Math.max(box.left, its.left);
        const height = Math.min(box.bottom, its.bottom) - Math.max(box.top, its.top);
        if (width > 1 && height > 1) faults.push(`${name} overlaps “${other.textContent?.slice(0, 30)}”`);
      }
    }
    if (document.documentElement.scrollWidth > window.innerWidth) faults.push('the page scrolls sideways');
    return faults;
  });
}
