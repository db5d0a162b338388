/** How far a quantile of a sketch is from the exact value at its rank: two in a hundred. */
export const sketchError = 0.02;

const growth = (1 + sketchError) / (1 - sketchError);
const logGrowth = Math.log(growth);
/** Values nearer to zero are zero. */
const smallest = 1e-9;
/** Buckets on each side of zero; with more, those nearest to zero become one. They reach over a factor of 28,000. */
const mostBuckets = 256;

/** Counts by bucket. Bucket `i` holds the values in (growth^(i-1), growth^i]. */
type Buckets = Map<number, number>;

/** What a sketch is made of, for storing: pairs of bucket and count, the lowest bucket first. */
export interface SketchParts {
  readonly zeros: number;
  readonly positive: readonly number[];
  readonly negative: readonly number[];
}

/**
 * Counts of values in buckets that grow by a factor, so that each quantile is known to 2 % of its value and sketches can be put together
 * (DDSketch: Masson, Rim and Lee, VLDB 2019). With values that lie apart by more than a factor of 28,000, the smallest ones are known less well.
 */
export class QuantileSketch {
  #zeros = 0;
  #positive: Buckets = new Map();
  #negative: Buckets = new Map();

  /** Counts a finite value. */
  add(value: number): void {
    const size = Math.abs(value);
    if (size < smallest) this.#zeros++;
    else count(value > 0 ? this.#positive : this.#negative, Math.ceil(Math.log(size) / logGrowth), 1);
  }

  /** Counts what another one has counted. */
  join(other: QuantileSketch): void {
    this.#zeros += other.#zeros;
    for (const [bucket, times] of other.#positive) count(this.#positive, bucket, times);
    for (const [bucket, times] of other.#negative) count(this.#negative, bucket, times);
  }

  /** The value at a rank, counted from 0 for the lowest, as good as it is known. */
  atRank(rank: number): number {
    let left = rank;
    for (const [bucket, times] of ordered(this.#negative).reverse()) {
      left -= times;
      if (left < 0) return -middleOf(bucket);
    }
    left -= this.#zeros;
    if (left < 0) return 0;
    let last = 0;
    for (const [bucket, times] of ordered(this.#positive)) {
      left -= times;
      last = middleOf(bucket);
      if (left < 0) break;
    }
    return last;
  }

  get parts(): SketchParts {
    return {
      zeros: this.#zeros,
      positive: ordered(this.#positive).flat(),
      negative: ordered(this.#negative).flat(),
    };
  }

  /** The sketch of its parts, which must be pairs of integers. */
  static of({ zeros, positive, negative }: SketchParts): QuantileSketch {
    const sketch = new QuantileSketch();
    sketch.#zeros = zeros;
    for (let i = 0; i < positive.length; i += 2)
      count(sketch.#positive, positive[i] ?? 0, positive[i + 1] ?? 0);
    for (let i = 0; i < negative.length; i += 2)
      count(sketch.#negative, negative[i] ?? 0, negative[i + 1] ?? 0);
    return sketch;
  }
}

function count(buckets: Buckets, bucket: number, times: number): void {
  const known = buckets.get(bucket);
  buckets.set(bucket, (known ?? 0) + times);
  if (known !== undefined || buckets.size <= mostBuckets) return;
  const [lowest, next] = ordered(buckets);
  if (!lowest || !next) return;
  buckets.delete(lowest[0]);
  buckets.set(next[0], next[1] + lowest[1]);
}

function ordered(buckets: Buckets): [bucket: number, times: number][] {
  return [...buckets].sort(([a], [b]) => a - b);
}

/** The value from which both ends of a bucket are equally far, by their size. */
function middleOf(bucket: number): number {
  return (2 * growth ** bucket) / (growth + 1);
}
