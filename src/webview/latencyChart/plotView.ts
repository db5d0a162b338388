import type { ChartData } from '../../features/latencyChart/protocol';
import { element } from '../element';
import { LatencyPlot } from './chart';
import { stepByKey } from './keyboard';
import type { OpenInference } from './openInference';
import type { Scene } from './scene';
import { Tooltip } from './tooltip';
import { fill } from './wording';

/** The chart with pointer, keys and tooltip. To assistive technology it is a slider over the inferences. */
export class PlotView {
  readonly root: HTMLElement;
  readonly #canvas = element('canvas', { 'aria-hidden': 'true' });
  readonly #tooltip = new Tooltip();
  readonly #scene: Scene;
  readonly #open: OpenInference;
  #plot: LatencyPlot | undefined;
  #hovered: number | undefined;
  /** By its ids, because indexes change with each update. */
  #chosen: { readonly traceId: string; readonly spanId: string } | undefined;

  constructor(scene: Scene, open: OpenInference) {
    this.#scene = scene;
    this.#open = open;
    this.root = element(
      'div',
      {
        ...{ class: 'plot', role: 'slider', tabindex: '0', 'aria-label': scene.wording.strings.chartLabel },
        ...{ 'aria-valuemin': '0', 'aria-describedby': 'summary' },
      },
      this.#canvas,
      this.#tooltip.root,
    );
    this.root.addEventListener('pointermove', (event) => this.#hover(this.#pointAt(event)));
    this.root.addEventListener('pointerleave', () => this.#hover(undefined));
    this.root.addEventListener('click', (event) => this.#click(this.#pointAt(event), event.shiftKey));
    this.root.addEventListener('keydown', (event) => this.#press(event));
    this.root.addEventListener('blur', () => this.#choose(undefined));
  }

  /** Draws the scene as it is now. The element must be in the page. */
  update(): void {
    this.#hovered = undefined;
    this.#scene.markedPoint = this.#chosenIndex;
    if (this.#plot) this.#plot.update();
    else this.#plot = new LatencyPlot(this.#canvas, this.#scene);
    this.#showMarked();
    this.#canvas.dataset.plot = JSON.stringify(this.#plot.geometry);
  }

  /** Width of the plot in pixels. */
  get columns(): number {
    return Math.round(this.root.clientWidth) || 1000;
  }

  get #data(): ChartData {
    return this.#scene.data;
  }

  get #chosenIndex(): number | undefined {
    if (!this.#chosen) return undefined;
    const { traceId, spanId } = this.#data.points;
    const index = spanId.findIndex(
      (id, i) => id === this.#chosen?.spanId && traceId[i] === this.#chosen.traceId,
    );
    return index < 0 ? undefined : index;
  }

  #pointAt(event: MouseEvent): number | undefined {
    const box = this.#canvas.getBoundingClientRect();
    return this.#plot?.pointAt(event.clientX - box.left, event.clientY - box.top);
  }

  #hover(index: number | undefined): void {
    if (index === this.#hovered) return;
    this.#hovered = index;
    this.#mark();
  }

  #choose(index: number | undefined): void {
    const { traceId, spanId } = this.#data.points;
    const ids = { traceId: traceId[index ?? -1], spanId: spanId[index ?? -1] };
    this.#chosen =
      ids.traceId === undefined || ids.spanId === undefined
        ? undefined
        : { traceId: ids.traceId, spanId: ids.spanId };
    this.#hovered = undefined;
    this.#mark();
  }

  #click(index: number | undefined, isForLine: boolean): void {
    if (index === undefined) return;
    this.#choose(index);
    this.#openChosen(isForLine);
  }

  #press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const index = stepByKey(event.key, this.#chosenIndex, this.#data.points.timeMs.length);
    if (index !== undefined) this.#choose(index);
    else if (event.key === 'Enter' || event.key === ' ') this.#openChosen(event.shiftKey);
    else if (event.key === 'Escape') this.#choose(undefined);
    else return;
    event.preventDefault();
  }

  #openChosen(isForLine: boolean): void {
    const { traceId, spanId } = this.#chosen ?? {};
    if (traceId !== undefined && spanId !== undefined)
      this.#open(isForLine ? 'line' : 'reveal', { traceId, spanId });
  }

  #mark(): void {
    this.#scene.markedPoint = this.#hovered ?? this.#chosenIndex;
    this.#plot?.redraw();
    this.#showMarked();
  }

  #showMarked(): void {
    const { markedPoint, wording } = this.#scene;
    const { points } = this.#data;
    const count = points.timeMs.length;
    this.root.classList.toggle('on-point', this.#hovered !== undefined);
    if (markedPoint === undefined || !this.#plot) this.#tooltip.hide();
    else {
      const lines = wording.point(points, markedPoint, this.#data);
      this.#tooltip.show([...lines, wording.strings.openHint], this.#plot.placeOf(markedPoint));
    }
    const index = this.#chosenIndex;
    const text =
      index === undefined
        ? fill(wording.strings.noPointChosen, count)
        : fill(
            wording.strings.pointOf,
            wording.point(points, index, this.#data).filter(Boolean).join(', '),
            index + 1,
            count,
          );
    this.root.setAttribute('aria-valuemax', String(count));
    this.root.setAttribute('aria-valuenow', String(index === undefined ? 0 : index + 1));
    this.root.setAttribute('aria-valuetext', text);
  }
}
