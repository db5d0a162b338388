import { selectQuantile } from '../statistics/selectQuantile';
import { weightedQuantile } from '../statistics/weightedQuantile';
import type { RuleReducer } from './rule';
import type { StateRules } from './ruleState';
import type { ValueColumn, ValueSeries } from './valueColumn';

const quantiles = { median: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 } as const;

/** Part of a window that lies in one column. */
interface Part {
  readonly values: Float64Array;
  readonly weights: Float64Array | undefined;
}

/** The values of a window of time, none of which is NaN, and what reducers make of them. Several rules share one. */
export class ValueWindow {
  readonly #parts: readonly Part[];
  readonly #known = new Map<string, number | undefined>();
  /** When none has a weight they say nothing, and all count alike. */
  readonly #isSample: boolean;
  #scratch: Float64Array | undefined;
  /** Of how many values it consists. */
  readonly size: number;

  /** The values of a series in (afterUs, toUs]. */
  constructor({ columns }: Pick<ValueSeries, 'columns'>, afterUs: number, toUs: number) {
    this.#parts = partsOf(columns, afterUs, toUs);
    this.size = this.#parts.reduce((sum, { values }) => sum + values.length, 0);
    this.#isSample =
      this.#parts.some(({ weights }) => weights) &&
      this.#parts.some(({ weights }) => weights?.some((each) => each > 0) ?? true);
  }

  /** All values in a list of their own, which may be brought into another order. */
  copy(): Float64Array {
    const all = new Float64Array(this.size);
    let at = 0;
    for (const { values } of this.#parts) {
      all.set(values, at);
      at += values.length;
    }
    return all;
  }

  /** One number of the values; `undefined` for none, as Grafana's reducers. */
  reduce(reducer: RuleReducer, dialect: StateRules['dialect']): number | undefined {
    const key = isDifference(reducer) ? `${reducer} ${dialect}` : reducer;
    if (this.#known.has(key)) return this.#known.get(key);
    const value = this.size === 0 ? undefined : this.#reduce(reducer, dialect);
    this.#known.set(key, value);
    return value;
  }

  #reduce(reducer: RuleReducer, dialect: StateRules['dialect']): number | undefined {
    switch (reducer) {
      case 'avg':
        return this.#sum() / this.#count();
      case 'sum':
        return this.#sum();
      case 'count':
        return this.#count();
      case 'min':
        return this.#extreme(true);
      case 'max':
        return this.#extreme(false);
      case 'last':
        return this.#newest();
      case 'median':
      case 'p90':
      case 'p95':
      case 'p99':
        return this.#quantile(quantiles[reducer]);
      default:
        return this.size < 2 ? 0 : difference([this.#oldest(), this.#newest()], reducer, dialect);
    }
  }

  #sum(): number {
    let sum = 0;
    for (const { values, weights } of this.#parts) {
      for (let i = 0; i < values.length; i++)
        sum += (values[i] ?? 0) * (weights && this.#isSample ? (weights[i] ?? 1) : 1);
    }
    return sum;
  }

  #count(): number {
    if (!this.#isSample) return this.size;
    return this.#parts.reduce(
      (sum, { values, weights }) => sum + (weights ? weights.reduce((a, b) => a + b, 0) : values.length),
      0,
    );
  }

  #extreme(isLeast: boolean): number {
    let extreme = this.#newest();
    for (const { values } of this.#parts) {
      for (let i = 0; i < values.length; i++) {
        const value = values[i] ?? extreme;
        if (isLeast ? value < extreme : value > extreme) extreme = value;
      }
    }
    return extreme;
  }

  #oldest(): number {
    return this.#parts[0]?.values[0] ?? Number.NaN;
  }

  #newest(): number {
    return this.#parts.at(-1)?.values.at(-1) ?? Number.NaN;
  }

  #quantile(q: number): number | undefined {
    if (this.#isSample) {
      const weighted = this.#parts.flatMap(({ values, weights }) =>
        Array.from(values, (value, i) => ({ value, weight: weights?.[i] ?? 1 })),
      );
      return weightedQuantile(weighted, q);
    }
    // Each selection leaves more order to the next.
    this.#scratch ??= this.copy();
    return selectQuantile(this.#scratch, q);
  }
}

/** From the newest back to where the window begins: most columns of a long series are before it. */
function partsOf(columns: readonly ValueColumn[], afterUs: number, toUs: number): readonly Part[] {
  const parts: Part[] = [];
  for (let i = columns.length - 1; i >= 0; i--) {
    const column = columns[i];
    if (!column) continue;
    const { timeUs, value, weight } = column;
    const [first, last] = [timeUs[0] ?? 0, timeUs[timeUs.length - 1] ?? 0];
    if (last <= afterUs) break;
    if (first > toUs) continue;
    if (first > afterUs && last <= toUs) parts.push({ values: value, weights: weight });
    else {
      const [from, to] = [firstAfter(timeUs, afterUs), firstAfter(timeUs, toUs)];
      if (from < to) parts.push({ values: value.subarray(from, to), weights: weight?.subarray(from, to) });
    }
  }
  return parts.reverse();
}

function isDifference(reducer: RuleReducer): boolean {
  return reducer === 'diff' || reducer === 'percent_diff';
}

/** The newest value against the oldest. */
function difference(
  [oldest, newest]: readonly [number, number],
  reducer: 'diff' | 'diff_abs' | 'percent_diff' | 'percent_diff_abs',
  dialect: StateRules['dialect'],
): number {
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
