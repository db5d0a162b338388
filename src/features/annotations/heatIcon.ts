import type { HeatStep } from './heat';

const steps = [1, 2, 3, 4] as const;

/** A picture for the gutter: four bars, of which so many are filled, so that a step is read without its colour. */
export function heatIcon(step: HeatStep, theme: 'light' | 'dark'): string {
  const ink = theme === 'light' ? '#424242' : '#d0d0d0';
  const bars = steps.map((bar) => {
    const height = 2 + 2 * bar;
    const opacity = bar <= step ? 1 : 0.25;
    return `<rect x="${3 * bar - 1}" y="${13 - height}" width="2" height="${height}" opacity="${opacity}"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16" fill="${ink}">${bars.join('')}</svg>`;
}
