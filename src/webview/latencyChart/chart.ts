import { Chart, LinearScale, LineController, LineElement, PointElement } from 'chart.js';
import { chartOptions } from './chartOptions';
import { colorDatasets, fillDatasets, makeDatasets } from './datasets';
import { nearestPoint } from './nearestPoint';
import { periodBands } from './periodBands';
import { plotMarks } from './plotMarks';
import type { Scene } from './scene';

Chart.register(LineController, LineElement, PointElement, LinearScale);

/** Where the plot lies on the canvas, in CSS pixels, and what its ends mean: how a test finds a point. */
export interface PlotGeometry {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly minValue: number;
  readonly maxValue: number;
}

/** The drawing: points, average, threshold, periods. Knows no messages and no elements but its canvas. */
export class LatencyPlot {
  readonly #chart: Chart<'line'>;
  readonly #scene: Scene;
  readonly #datasets = makeDatasets();

  constructor(canvas: HTMLCanvasElement, scene: Scene) {
    this.#scene = scene;
    this.#chart = new Chart<'line'>(canvas, {
      type: 'line',
      data: { datasets: [...this.#datasets] },
      options: chartOptions(scene),
      plugins: [periodBands(scene), plotMarks(scene)],
    });
    this.update();
  }

  /** Draws the scene's data and theme. */
  update(): void {
    fillDatasets(this.#datasets, this.#scene.data, this.#chart.width);
    colorDatasets(this.#datasets, this.#scene.theme);
    this.#chart.options = chartOptions(this.#scene);
    // Not 'none': in that mode chart.js keeps the points' first colours and sizes. There is no animation anyway.
    this.#chart.update();
  }

  /** Draws the scene again when only its mark has changed. */
  redraw(): void {
    this.#chart.draw();
  }

  /** Index of the point nearest to a place on the canvas, if one is near. */
  pointAt(x: number, y: number): number | undefined {
    const { geometry } = this;
    return nearestPoint(this.#scene.data, geometry, x, y);
  }

  /** Place of a point on the canvas. */
  placeOf(index: number): { readonly x: number; readonly y: number } {
    const { timeMs, value } = this.#scene.data.points;
    const { x, y } = this.#chart.scales;
    return {
      x: x?.getPixelForValue(timeMs[index] ?? 0) ?? 0,
      y: y?.getPixelForValue(value[index] ?? 0) ?? 0,
    };
  }

  get geometry(): PlotGeometry {
    const { left, top, right, bottom } = this.#chart.chartArea;
    const { y } = this.#chart.scales;
    return { left, top, right, bottom, minValue: y?.min ?? 0, maxValue: y?.max ?? 0 };
  }
}
