import type { Point } from '../../core/statistics/movingSeries';
import { cleanText } from '../../core/trace/cleanText';
import { maxPredictionLength } from '../../core/trace/inference';
import type { Span } from '../../core/trace/span';
import type { ChartPoints } from './protocol';

/** An inference's value as the store gives it. */
export type SignalPoint = Point & {
  readonly span: Span;
  readonly prediction?: string | undefined;
  /** No attribute says the value, but spans of storage. */
  readonly isDerived?: boolean;
};

/** Points as columns for the page. */
export function toColumns(points: readonly SignalPoint[], predictionAttribute: string): ChartPoints {
  const labels = new Labels();
  return {
    timeMs: points.map(({ timeUs }) => timeUs / 1000),
    value: points.map(({ value }) => value),
    isDerived: points.map((point) => point.isDerived ?? false),
    prediction: points.map((point) => {
      const prediction = point.prediction ?? point.span.attributes.get(predictionAttribute);
      return prediction === undefined ? -1 : labels.indexOf(String(prediction));
    }),
    service: points.map(({ span }) => labels.indexOf(span.service)),
    traceId: points.map(({ span }) => span.traceId),
    spanId: points.map(({ span }) => span.spanId),
    labels: labels.texts,
  };
}

/**
 * The points that are worth drawing: all of at most `maxPoints`, else the lowest and the highest of each of `columns` equal
 * parts of the time, so that no extreme is lost. Points are ordered by time and stay so.
 */
export function decimate(
  points: readonly SignalPoint[],
  range: { readonly fromUs: number; readonly toUs: number },
  columns: number,
  maxPoints = 5000,
): readonly SignalPoint[] {
  if (points.length <= maxPoints) return points;
  const count = Math.max(1, Math.min(columns, Math.floor(maxPoints / 2)));
  const perUs = count / (range.toUs - range.fromUs);
  const kept: SignalPoint[] = [];
  let column = -1;
  let lowest: SignalPoint | undefined;
  let highest: SignalPoint | undefined;
  const flush = () => {
    if (!lowest || !highest) return;
    if (lowest === highest) kept.push(lowest);
    else if (lowest.timeUs <= highest.timeUs) kept.push(lowest, highest);
    else kept.push(highest, lowest);
  };
  for (const point of points) {
    const its = Math.min(count - 1, Math.floor((point.timeUs - range.fromUs) * perUs));
    if (its !== column) {
      flush();
      column = its;
      lowest = highest = point;
    } else {
      if (lowest === undefined || point.value < lowest.value) lowest = point;
      if (highest === undefined || point.value > highest.value) highest = point;
    }
  }
  flush();
  return kept;
}

/** Texts, each once and cleaned. */
class Labels {
  readonly texts: string[] = [];
  readonly #indexes = new Map<string, number>();

  indexOf(text: string): number {
    const known = this.#indexes.get(text);
    if (known !== undefined) return known;
    this.#indexes.set(text, this.texts.length);
    return this.texts.push(cleanText(text, maxPredictionLength)) - 1;
  }
}
