import type { Coverage } from '../sampling/coverage';
import type { RowInference } from './blockInferences';

/**
 * Says of inferences how many each stands for, and of their traces: a trace stands for the mean of its inferences, as each of them had its
 * own chance to bring it (the generalised weight share method, Lavallée 1995). What nothing is known of is worth what its trace is, and a
 * trace of which nothing is known stands for itself. Gives nothing when each trace does.
 */
export function weighInferences(
  inferences: readonly RowInference[],
  traceCount: number,
  coverage: Coverage,
): Float64Array | undefined {
  const sums = new Float64Array(traceCount);
  const counts = new Uint32Array(traceCount);
  const known = inferences.map(({ service, startTimeUs, endTimeUs, trace }) => {
    const weight = coverage.weight(service, startTimeUs, endTimeUs - startTimeUs);
    if (weight === undefined) return undefined;
    sums[trace] = (sums[trace] ?? 0) + weight;
    counts[trace] = (counts[trace] ?? 0) + 1;
    return weight;
  });
  const weights = sums.map((sum, trace) => (counts[trace] ? sum / (counts[trace] ?? 1) : 1));
  for (const [i, inference] of inferences.entries())
    inference.weight = known[i] ?? weights[inference.trace] ?? 1;
  return weights.every((weight) => weight === 1) && known.every((weight) => (weight ?? 1) === 1)
    ? undefined
    : weights;
}
