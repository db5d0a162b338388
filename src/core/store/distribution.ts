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
  let [total, weightedTotal, weight] = [0, 0, 0];
  for (const part of parts) {
    total += part.total;
    weightedTotal += part.weightedTotal;
    weight += part.weight;
  }
  // None stands for anything: then there is nothing to go by but what is known.
  const isSample = weight > 0 && parts.some(({ weights }) => weights !== undefined);
  let weighted: ReturnType<typeof weightedValues> | undefined;
  const quantile = (q: number) => {
    if (!isSample) return sorted.quantile(q);
    weighted ??= weightedValues(parts);
    return weightedQuantile(weighted, q);
  };
  const plainAvg = sorted.count === 0 ? undefined : total / sorted.count;
  const avg = weight > 0 ? weightedTotal / weight : plainAvg;
  return { count: sorted.count, avg, max: sorted.quantile(1), quantile };
}

function weightedValues(parts: readonly SortedValues[]) {
  return parts.flatMap(({ values, weights }) =>
    Array.from(values, (value, i) => ({ value, weight: weights ? (weights[i] ?? 1) : 1 })),
  );
}
