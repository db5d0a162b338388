import type { RowInference } from './blockInferences';

/** What is added up over inferences that have a latency that can be read. */
export interface LatencySums {
  readonly count: number;
  /** Of those that did not come by chance. */
  readonly known: number;
  /** How many they stand for. */
  readonly weight: number;
  /** Some stand for others. */
  readonly isSample: boolean;
  /** Milliseconds. */
  readonly total: number;
  /** Milliseconds, each as often as it stands for. */
  readonly weightedTotal: number;
}

/** Adds up over inferences. */
export function latencySums(inferences: readonly RowInference[]): LatencySums {
  let [count, known, weight, total, weightedTotal, isSample] = [0, 0, 0, 0, 0, false];
  for (const { storageLatencyMs, weight: its } of inferences) {
    if (storageLatencyMs === undefined) continue;
    count++;
    if (its > 0) known++;
    weight += its;
    isSample ||= its !== 1;
    total += storageLatencyMs;
    weightedTotal += storageLatencyMs * its;
  }
  return { count, known, weight, isSample, total, weightedTotal };
}

/** The sums of several parts together. */
export function addSums(parts: readonly LatencySums[]): LatencySums {
  const sum = (of: (part: LatencySums) => number) => parts.reduce((all, part) => all + of(part), 0);
  return {
    count: sum(({ count }) => count),
    known: sum(({ known }) => known),
    weight: sum(({ weight }) => weight),
    isSample: parts.some(({ isSample }) => isSample),
    total: sum(({ total }) => total),
    weightedTotal: sum(({ weightedTotal }) => weightedTotal),
  };
}
