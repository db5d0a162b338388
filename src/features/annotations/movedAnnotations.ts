import type { FileAnnotations } from './model';
import { type LineEdit, movedLine } from './moveLines';

/** What is drawn on a file, at the lines where it is after edits. */
export function movedAnnotations(
  { functions, writes, ambiguous }: FileAnnotations,
  edits: readonly LineEdit[],
): FileAnnotations {
  const to = (line: number) => movedLine(line, edits);
  return {
    functions: functions.map((each) => ({
      ...each,
      line: to(each.line),
      endLine: to(each.endLine),
      located: each.located.map((place) => ({ ...place, line: to(place.line) })),
    })),
    writes: writes.map((write) => ({
      ...write,
      line: to(write.line),
      startLine: to(write.startLine),
      functionLine: to(write.functionLine),
    })),
    ambiguous: ambiguous.map((each) => ({ ...each, line: to(each.line) })),
  };
}
