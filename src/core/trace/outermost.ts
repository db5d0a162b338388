/** Of some marked things those that have no marked thing above them. Iterative, in linear time; circles end. */
export function outermost<K>(marked: ReadonlySet<K>, parentOf: (key: K) => K | undefined): ReadonlySet<K> {
  const isAtOrBelow = new Map<K, boolean>();
  const found = new Set<K>();
  for (const key of marked) {
    const path: K[] = [];
    let isBelow = false;
    for (let at = parentOf(key); at !== undefined && at !== key; at = parentOf(at)) {
      const known = marked.has(at) || isAtOrBelow.get(at);
      if (known !== undefined) {
        isBelow = known;
        break;
      }
      // Until it is known better, also for a circle that leads back here.
      isAtOrBelow.set(at, false);
      path.push(at);
    }
    if (isBelow) for (const at of path) isAtOrBelow.set(at, true);
    else found.add(key);
  }
  return found;
}
