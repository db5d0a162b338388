import type { ImportedFile } from '../../core/store/openedTraces';
import type { InferenceDefinition } from '../../core/trace/inference';
import { type AnnotatedFile, annotate, type FileAnnotations } from './model';

/**
 * Adds what imported files know of the functions and lines that have nothing yet: each is annotated from one file, the one that was
 * imported last of those that know it, because averages over two files would be of nothing that happened.
 */
export function annotateImported(
  file: AnnotatedFile,
  { live, imported }: { readonly live: FileAnnotations; readonly imported: readonly ImportedFile[] },
  definition: InferenceDefinition,
): FileAnnotations {
  const functions = [...live.functions];
  const writes = [...live.writes];
  for (const { name, store } of imported) {
    const found = annotate(file, store, definition);
    const annotated = new Set(functions.map(({ line }) => line));
    for (const each of found.functions)
      if (!annotated.has(each.line)) functions.push({ ...each, fileName: name });
    const written = new Set(writes.map(({ line, signal }) => `${line} ${signal}`));
    for (const each of found.writes)
      if (!written.has(`${each.line} ${each.signal}`)) writes.push({ ...each, fileName: name });
  }
  return { functions: functions.sort((a, b) => a.line - b.line), writes, ambiguous: live.ambiguous };
}
