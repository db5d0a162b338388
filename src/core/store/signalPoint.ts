import type { Point } from '../statistics/movingSeries';
import type { Span } from '../trace/span';
import type { RowInference } from './blockInferences';
import type { InferenceMeasure } from './inferenceMeasure';

/** The value of an inference at its end. Its span is made when it is asked for: of most points, nobody asks. */
export class SignalPoint implements Point {
  readonly timeUs: number;
  readonly value: number;
  readonly weight: number;
  readonly #inference: RowInference;

  constructor(inference: RowInference, value: number) {
    this.timeUs = inference.endTimeUs;
    this.value = value;
    this.weight = inference.weight;
    this.#inference = inference;
  }

  get span(): Span {
    return this.#inference.span;
  }
}

/** The points of those inferences that have what is measured, in their order. */
export function pointsOf(
  inferences: readonly RowInference[],
  measure: InferenceMeasure,
): readonly SignalPoint[] {
  const points: SignalPoint[] = [];
  for (const inference of inferences) {
    const value = measure(inference);
    if (value !== undefined) points.push(new SignalPoint(inference, value));
  }
  return points;
}
