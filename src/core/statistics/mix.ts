/** A label's part of all labels. */
export interface Share {
  readonly label: string;
  readonly count: number;
  /** 0 to 1: by how many those that were counted stand for. */
  readonly share: number;
}

/** How often each label occurs, most frequent first, ties by label. */
export function mix(labels: Iterable<string>): readonly Share[] {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return sharesOf(counts);
}

/** The same of labels that have been counted, and stand for more where they are a sample. */
export function sharesOf(
  counts: ReadonlyMap<string, number>,
  weights: ReadonlyMap<string, number> = counts,
): readonly Share[] {
  let total = 0;
  for (const weight of weights.values()) total += weight;
  // None stands for anything: all alike then.
  if (total === 0 && counts !== weights) return sharesOf(counts);
  return [...counts]
    .map(([label, count]) => ({ label, count, share: (weights.get(label) ?? 0) / total }))
    .sort((a, b) => b.share - a.share || (a.label < b.label ? -1 : 1));
}
