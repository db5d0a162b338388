import { QuantileSketch } from './quantileSketch';

/** What is known of values that are no longer there: how many they were, their sum, bounds, and quantiles to 2 %. Can be put together. */
export class ValueSummary {
  count = 0;
  sum = 0;
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;
  readonly sketch: QuantileSketch;

  constructor(sketch = new QuantileSketch()) {
    this.sketch = sketch;
  }

  /** Takes a finite value in. */
  add(value: number): void {
    this.count++;
    this.sum += value;
    this.min = Math.min(this.min, value);
    this.max = Math.max(this.max, value);
    this.sketch.add(value);
  }

  /** Takes in what another one has taken in. */
  join(other: ValueSummary): void {
    this.count += other.count;
    this.sum += other.sum;
    this.min = Math.min(this.min, other.min);
    this.max = Math.max(this.max, other.max);
    this.sketch.join(other.sketch);
  }

  /** `undefined` for no values. */
  get avg(): number | undefined {
    return this.count === 0 ? undefined : this.sum / this.count;
  }

  /** The value at rank q · (count − 1), rounded, to 2 % of itself; `undefined` for no values. */
  quantile(q: number): number | undefined {
    if (this.count === 0) return undefined;
    const value = this.sketch.atRank(Math.round(q * (this.count - 1)));
    return Math.min(this.max, Math.max(this.min, value));
  }
}
