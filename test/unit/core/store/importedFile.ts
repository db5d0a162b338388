import type { ImportedFile, OpenedTraces } from '../../../../src/core/store/openedTraces';
import type { Trace } from '../../../../src/core/trace/trace';

/** A file as its import makes it, not yet added. */
export function importedFile(
  opened: OpenedTraces,
  key: string,
  traces: readonly Trace[],
  more: Partial<ImportedFile> = {},
): ImportedFile {
  const store = opened.newStore();
  store.add(traces, 0);
  return { key, name: `${key}.json`, store, format: 'jaeger', problems: [], moreProblems: 0, ...more };
}
