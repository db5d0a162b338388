import type { RowInference } from './blockInferences';

/** How often each prediction occurs, and how many these stand for. */
export interface PredictionCounts {
  readonly counts: ReadonlyMap<string, number>;
  readonly weights: ReadonlyMap<string, number>;
}

/** Counts over inferences. */
export function predictionCounts(inferences: readonly RowInference[]): PredictionCounts {
  const counts = new Map<string, number>();
  const weights = new Map<string, number>();
  for (const { prediction, weight } of inferences) {
    if (!prediction) continue;
    counts.set(prediction, (counts.get(prediction) ?? 0) + 1);
    weights.set(prediction, (weights.get(prediction) ?? 0) + weight);
  }
  return { counts, weights };
}
