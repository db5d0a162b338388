import type { MinuteSummary } from './minuteSummary';
import type { ValueSummary } from './valueSummary';

/**
 * What is known of each service's minutes, of all that was seen of them, ordered by minute. Of one observer what it saw last counts, since it
 * takes back what was wrong; of several the one that saw most: who looks again after a restart, or in a second window, sees the same inferences
 * or a part of them, so that nothing is counted twice. Signals that one has not are taken from the next.
 */
export function joinSightings(seen: Iterable<MinuteSummary>): readonly MinuteSummary[] {
  const lastSeen = new Map<string, Map<string, MinuteSummary>>();
  for (const row of seen) {
    const key = JSON.stringify([row.source, row.service, row.minute]);
    const byObserver = lastSeen.get(key) ?? new Map<string, MinuteSummary>();
    lastSeen.set(key, byObserver);
    const known = byObserver.get(row.observer);
    if (!known || known.revision < row.revision) byObserver.set(row.observer, row);
  }
  return [...lastSeen.values()]
    .flatMap((byObserver) => joined([...byObserver.values()]))
    .sort((a, b) => a.minute - b.minute);
}

function joined(rows: readonly MinuteSummary[]): readonly MinuteSummary[] {
  const [fullest, ...others] = [...rows].sort(
    (a, b) => b.inferences - a.inferences || (a.observer < b.observer ? -1 : 1),
  );
  if (!fullest) return [];
  const values = new Map<string, ValueSummary>(fullest.values);
  for (const other of others)
    for (const [signal, value] of other.values) if (!values.has(signal)) values.set(signal, value);
  return [{ ...fullest, values }];
}
