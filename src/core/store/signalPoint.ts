import type { Point } from '../statistics/movingSeries';
import type { Span } from '../trace/span';
import type { RowInference } from './blockInferences';

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
