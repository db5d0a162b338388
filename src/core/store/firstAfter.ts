import type { Inference } from '../trace/inference';

/** The index of the first inference that ended after a time, of inferences in the order in which they ended. */
export function firstAfter(inferences: readonly Inference[], timeUs: number): number {
  let [low, high] = [0, inferences.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((inferences[middle]?.endTimeUs ?? 0) <= timeUs) low = middle + 1;
    else high = middle;
  }
  return low;
}
