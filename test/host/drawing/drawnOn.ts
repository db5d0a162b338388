import { inPage } from '../../support/window';

/** What of Whyspan can be seen on the editor that is shown. */
export interface Drawn {
  readonly lenses: readonly string[];
  /** Pictures in the gutter. */
  readonly icons: number;
  /** Colours of stripes beside lines. */
  readonly stripes: readonly string[];
  /** Whether the overview ruler has pixels of magenta, which no theme has. */
  readonly hasMark: boolean;
}

/** Reads what is drawn. The mark's colour must have been set to #ff00ff before. */
export function readDrawn(): Promise<Drawn> {
  return inPage(() => {
    const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
    const texts = all('.codelens-decoration a').map((lens) =>
      (lens.textContent ?? '').replace(/\u00a0/g, ' '),
    );
    const icons = all('.margin .cgmr, .glyph-margin-widgets .cgmr').filter((glyph) =>
      getComputedStyle(glyph).backgroundImage.startsWith('url("data:image/svg'),
    );
    const stripes = all('.view-overlays [class*="ced-"]')
      .map((line) => getComputedStyle(line))
      .filter(
        ({ borderLeftWidth, borderLeftStyle }) => borderLeftWidth === '3px' && borderLeftStyle === 'solid',
      )
      .map(({ borderLeftColor }) => borderLeftColor);
    const ruler = document.querySelector<HTMLCanvasElement>('canvas.decorationsOverviewRuler');
    const pixels = ruler?.getContext('2d')?.getImageData(0, 0, ruler.width, ruler.height).data ?? [];
    let hasMark = false;
    for (let i = 0; i < pixels.length; i += 4)
      hasMark ||= (pixels[i] ?? 0) > 240 && (pixels[i + 1] ?? 0) < 15 && (pixels[i + 2] ?? 0) > 240;
    return { lenses: texts, icons: icons.length, stripes, hasMark };
  }, null);
}

/** Watches the lenses at each frame for some time; the fewest that there were, and in how many frames. */
export function watchLenses(forMs: number): Promise<{ fewest: number; most: number; frames: number }> {
  return inPage(
    (ms) =>
      new Promise<{ fewest: number; most: number; frames: number }>((resolve) => {
        const seen: number[] = [];
        const endMs = performance.now() + ms;
        const look = () => {
          seen.push(document.querySelectorAll('.codelens-decoration a').length);
          if (performance.now() < endMs) requestAnimationFrame(look);
          else resolve({ fewest: Math.min(...seen), most: Math.max(...seen), frames: seen.length });
        };
        look();
      }),
    forMs,
  );
}
