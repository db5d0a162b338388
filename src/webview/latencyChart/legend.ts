import type { ChartData } from '../../features/latencyChart/protocol';
import { element, svgElement } from '../element';
import type { Wording } from './wording';

type Shape = 'point' | 'above' | 'average' | 'threshold' | 'alerting' | 'no-data';

/** The legend: names what is drawn by shape and by colour, and only what is drawn. */
export class Legend {
  readonly root = element('ul', { class: 'legend' });
  #shown = '';

  update(data: ChartData, wording: Wording): void {
    const items = legendItems(data, wording);
    const shown = JSON.stringify(items);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.root.replaceChildren(
      ...items.map(([shape, text]) => element('li', { 'data-shape': shape }, swatch(shape), text)),
    );
  }
}

function legendItems(data: ChartData, wording: Wording): readonly (readonly [Shape, string])[] {
  const { strings } = wording;
  const items: [Shape, string][] = [['point', strings.legendPoint]];
  if (data.points.value.some((value) => value > data.threshold)) items.push(['above', strings.legendAbove]);
  items.push(['average', wording.windowName(data)]);
  items.push(['threshold', `${strings.threshold} ${wording.value(data.threshold, data)}`]);
  const states = new Set(data.periods.map(({ state }) => state));
  if (states.has('alerting')) items.push(['alerting', strings.legendAlerting]);
  if (states.has('no_data')) items.push(['no-data', strings.legendNoData]);
  return items;
}

/** A small picture of how something is drawn. */
function swatch(shape: Shape): SVGSVGElement {
  const box = { viewBox: '0 0 18 10', width: '18', height: '10', class: `swatch ${shape}` };
  return svgElement('svg', { ...box, 'aria-hidden': 'true' }, ...swatchParts(shape));
}

function swatchParts(shape: Shape): readonly SVGElement[] {
  switch (shape) {
    case 'point':
      return [svgElement('circle', { cx: '9', cy: '5', r: '3.5' })];
    case 'above':
      return [svgElement('path', { d: 'M9 0.6 13.4 8.6H4.6Z' })];
    case 'average':
      return [svgElement('path', { d: 'M1 5H17', class: 'line' })];
    case 'threshold':
      return [svgElement('path', { d: 'M1 5H7M11 5H17', class: 'line' })];
    case 'alerting':
      return [svgElement('rect', { x: '1', y: '0.5', width: '16', height: '9', class: 'area' })];
    case 'no-data':
      return [
        svgElement('rect', { x: '1', y: '0.5', width: '16', height: '9', class: 'frame' }),
        svgElement('path', { d: 'M2 9 9 1M7 9 14 1M12 9 16.5 4', class: 'line' }),
      ];
  }
}
