/** A label's part of all labels. */
export interface Share {
  readonly label: string;
  readonly count: number;
  /** 0 to 1. */
  readonly share: number;
}

/** How often each label occurs, most frequent first, ties by label. */
export function mix(labels: Iterable<string>): readonly Share[] {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return sharesOf(counts);
}

/** The same of labels that have been counted. */
export function sharesOf(counts: ReadonlyMap<string, number>): readonly Share[] {
  let total = 0;
  for (const count of counts.values()) total += count;
  return [...counts]
    .map(([label, count]) => ({ label, count, share: count / total }))
    .sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
}
