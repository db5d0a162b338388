/** An edit as VS Code tells it: what it replaced, in lines from 0 of the text before all edits of the same moment, and by how many lines. */
export interface LineEdit {
  readonly startLine: number;
  readonly startCharacter: number;
  readonly endLine: number;
  readonly endCharacter: number;
  readonly addedLines: number;
}

/** Where a line, from 1, is after edits. One whose text was replaced stays as near as it can. */
export function movedLine(line: number, edits: readonly LineEdit[]): number {
  const at = line - 1;
  let moved = at;
  for (const { startLine, startCharacter, endLine, endCharacter, addedLines } of edits) {
    const isBelow = endLine < at || (endLine === at && endCharacter === 0 && startCharacter === 0);
    if (isBelow) moved += addedLines - (endLine - startLine);
    else if (startLine < at) moved += Math.min(0, startLine + addedLines - at);
  }
  return Math.max(0, moved) + 1;
}
