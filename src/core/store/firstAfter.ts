/** Something that ended. */
export interface Ended {
  readonly endTimeUs: number;
}

/** The index of the first that ended after a time, of things in the order in which they ended. */
export function firstAfter(items: readonly Ended[], timeUs: number): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((items[middle]?.endTimeUs ?? 0) <= timeUs) low = middle + 1;
    else high = middle;
  }
  return low;
}
