import type { Point } from '../statistics/movingSeries';
import type { Span } from '../trace/span';
import type { RowInference } from './blockInferences';
import type { InferenceMeasure } from './inferenceMeasure';

/** The value of an inference at its end. Its span is made when it is asked for: of most points, nobody asks. */
export class SignalPoint implements Point {
  readonly timeUs: number;
  readonly value: number;
  readonly weight: number;
  readonly #isLatency: boolean;
  readonly #inference: RowInference;

  constructor(inference: RowInference, value: number, isLatency: boolean) {
    this.timeUs = inference.endTimeUs;
    this.value = value;
    this.weight = inference.weight;
    this.#isLatency = isLatency;
    this.#inference = inference;
  }

  /** What the inference predicted. */
  get prediction(): string | undefined {
    return this.#inference.prediction;
  }

  /** No attribute says the value, but spans of storage. */
  get isDerived(): boolean {
    return this.#isLatency && this.#inference.isLatencyDerived;
  }

  get span(): Span {
    return this.#inference.span;
  }
}

/** The points of those inferences that have what is measured, in their order; `isLatency` when that is the storage latency. */
export function pointsOf(
  inferences: readonly RowInference[],
  measure: InferenceMeasure,
  isLatency = false,
): readonly SignalPoint[] {
  const points: SignalPoint[] = [];
  for (const inference of inferences) {
    const value = measure(inference);
    if (value !== undefined) points.push(new SignalPoint(inference, value, isLatency));
  }
  return points;
}
