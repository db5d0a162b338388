/**
 * Exact quantiles of values that lie in several sorted arrays, without merging them: the k-th smallest by repeated cutting at the middle
 * of the longest array that is left. O(runs · log² values).
 */
export class SortedRuns {
  readonly #runs: readonly Float64Array[];
  readonly count: number;

  /** `runs` are sorted, without NaN. */
  constructor(runs: readonly Float64Array[]) {
    this.#runs = runs.filter(({ length }) => length > 0);
    this.count = this.#runs.reduce((sum, { length }) => sum + length, 0);
  }

  /** The q-quantile by linear interpolation, as `quantile` gives it. `undefined` for no values. */
  quantile(q: number): number | undefined {
    if (this.count === 0) return undefined;
    const rank = Math.min(1, Math.max(0, q)) * (this.count - 1);
    const below = this.#nth(Math.floor(rank));
    if (Number.isInteger(rank)) return below;
    const above = this.#nth(Math.ceil(rank));
    return below === above ? below : below + (above - below) * (rank - Math.floor(rank));
  }

  /** The value with `rank` values before it. */
  #nth(rank: number): number {
    const from = this.#runs.map(() => 0);
    const to = this.#runs.map(({ length }) => length);
    for (;;) {
      let longest = 0;
      for (let i = 1; i < to.length; i++)
        if ((to[i] ?? 0) - (from[i] ?? 0) > (to[longest] ?? 0) - (from[longest] ?? 0)) longest = i;
      const middle = ((from[longest] ?? 0) + (to[longest] ?? 0)) >>> 1;
      const pivot = this.#runs[longest]?.[middle] ?? Number.NaN;
      const below = this.#runs.map((run) => firstNotBelow(run, pivot));
      const upTo = this.#runs.map((run) => firstAbove(run, pivot));
      if (rank < sum(below)) to.splice(0, to.length, ...below);
      else if (rank >= sum(upTo)) from.splice(0, from.length, ...upTo);
      else return pivot;
    }
  }
}

function sum(counts: readonly number[]): number {
  return counts.reduce((a, b) => a + b, 0);
}

function firstNotBelow(run: Float64Array, value: number): number {
  return partition(run, (each) => each < value);
}

function firstAbove(run: Float64Array, value: number): number {
  return partition(run, (each) => each <= value);
}

function partition(run: Float64Array, isBefore: (value: number) => boolean): number {
  let [low, high] = [0, run.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(run[middle] ?? Number.NaN)) low = middle + 1;
    else high = middle;
  }
  return low;
}
