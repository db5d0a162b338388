import { SortedRuns } from '../statistics/sortedRuns';
import { weightedQuantile } from '../statistics/weightedQuantile';
import type { SortedValues } from './sortedValues';

/** How values are spread: exactly of all of them, or by what each stands for where they are a sample. */
export interface Distribution {
  /** How many are known. */
  readonly count: number;
  /** `undefined` for no values, as the others. */
  readonly avg: number | undefined;
  /** The largest that is known. */
  readonly max: number | undefined;
  quantile(q: number): number | undefined;
}

/** The distribution of values that lie in several parts. */
export function distribution(parts: readonly SortedValues[]): Distribution {
  const sorted = new SortedRuns(parts.map(({ values }) => values));
  let [total, weight] = [0, 0];
  for (const { values, weights } of parts) {
    for (let i = 0; i < values.length; i++) {
      const its = weights ? (weights[i] ?? 1) : 1;
      total += (values[i] ?? 0) * its;
      weight += its;
    }
  }
  // None stands for anything: then there is nothing to go by but what is known.
  const isSample = weight > 0 && parts.some(({ weights }) => weights !== undefined);
  let weighted: ReturnType<typeof weightedValues> | undefined;
  const quantile = (q: number) => {
    if (!isSample) return sorted.quantile(q);
    weighted ??= weightedValues(parts);
    return weightedQuantile(weighted, q);
  };
  const avg = weight > 0 ? total / weight : meanOf(parts);
  return { count: sorted.count, avg, max: sorted.quantile(1), quantile };
}

function weightedValues(parts: readonly SortedValues[]) {
  return parts.flatMap(({ values, weights }) =>
    Array.from(values, (value, i) => ({ value, weight: weights ? (weights[i] ?? 1) : 1 })),
  );
}

function meanOf(parts: readonly SortedValues[]): number | undefined {
  let [total, count] = [0, 0];
  for (const { values } of parts) {
    for (const value of values) total += value;
    count += values.length;
  }
  return count === 0 ? undefined : total / count;
}
