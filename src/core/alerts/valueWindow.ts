import { selectQuantile } from '../statistics/selectQuantile';
import { weightedQuantile } from '../statistics/weightedQuantile';
import type { RuleReducer } from './rule';
import type { StateRules } from './ruleState';
import type { ValueColumn } from './valueColumn';

const quantiles = { median: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 } as const;

/** The values of a window of time, none of which is NaN, and what reducers make of them. Several rules share one. */
export class ValueWindow {
  readonly #values: Float64Array;
  readonly #weights: Float64Array | undefined;
  readonly #known = new Map<string, number | undefined>();
  #scratch: Float64Array | undefined;

  /** The values of a column in (afterUs, toUs]. */
  constructor({ timeUs, value, weight }: ValueColumn, afterUs: number, toUs: number) {
    const [from, to] = [firstAfter(timeUs, afterUs), firstAfter(timeUs, toUs)];
    this.#values = value.subarray(from, to);
    const weights = weight?.subarray(from, to);
    // When none has a weight they say nothing, and all count alike.
    this.#weights = weights?.some((each) => each > 0) ? weights : undefined;
  }

  /** Of how many values it consists. */
  get size(): number {
    return this.#values.length;
  }

  get values(): Float64Array {
    return this.#values;
  }

  /** One number of the values; `undefined` for none, as Grafana's reducers. */
  reduce(reducer: RuleReducer, dialect: StateRules['dialect']): number | undefined {
    const key = `${reducer} ${dialect}`;
    if (this.#known.has(key)) return this.#known.get(key);
    const value = this.#values.length === 0 ? undefined : this.#reduce(reducer, dialect);
    this.#known.set(key, value);
    return value;
  }

  #reduce(reducer: RuleReducer, dialect: StateRules['dialect']): number | undefined {
    const values = this.#values;
    switch (reducer) {
      case 'avg':
        return this.#sum() / this.#count();
      case 'sum':
        return this.#sum();
      case 'count':
        return this.#count();
      case 'min':
        return values.reduce((a, b) => Math.min(a, b));
      case 'max':
        return values.reduce((a, b) => Math.max(a, b));
      case 'last':
        return values[values.length - 1];
      case 'median':
      case 'p90':
      case 'p95':
      case 'p99':
        return this.#quantile(quantiles[reducer]);
      default:
        return difference(values, reducer, dialect);
    }
  }

  #sum(): number {
    let sum = 0;
    for (let i = 0; i < this.#values.length; i++)
      sum += (this.#values[i] ?? 0) * (this.#weights ? (this.#weights[i] ?? 1) : 1);
    return sum;
  }

  #count(): number {
    return this.#weights ? this.#weights.reduce((a, b) => a + b, 0) : this.#values.length;
  }

  #quantile(q: number): number | undefined {
    const weights = this.#weights;
    if (weights)
      return weightedQuantile(
        Array.from(this.#values, (value, i) => ({ value, weight: weights[i] ?? 1 })),
        q,
      );
    // Each selection leaves more order to the next.
    this.#scratch ??= this.#values.slice();
    return selectQuantile(this.#scratch, q);
  }
}

/** The newest value against the oldest: of a single one, nothing. */
function difference(
  values: Float64Array,
  reducer: 'diff' | 'diff_abs' | 'percent_diff' | 'percent_diff_abs',
  dialect: StateRules['dialect'],
): number {
  const [oldest, newest] = [values[0] ?? 0, values[values.length - 1] ?? 0];
  if (values.length < 2) return 0;
  const isPercent = reducer === 'percent_diff' || reducer === 'percent_diff_abs';
  const signed = isPercent ? ((newest - oldest) / Math.abs(oldest)) * 100 : newest - oldest;
  const isAbsolute = dialect === 'legacy' || reducer === 'diff_abs' || reducer === 'percent_diff_abs';
  return isAbsolute ? Math.abs(signed) : signed;
}

function firstAfter(times: Float64Array, timeUs: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? 0) > timeUs) high = middle;
    else low = middle + 1;
  }
  return low;
}
