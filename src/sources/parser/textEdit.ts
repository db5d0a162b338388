/** A place in a text: line and column from 0, in UTF-16 units as everything here. */
export interface TextPoint {
  readonly row: number;
  readonly column: number;
}

/** One change that makes an old text a new one. */
export interface TextEdit {
  readonly startIndex: number;
  readonly oldEndIndex: number;
  readonly newEndIndex: number;
  readonly startPosition: TextPoint;
  readonly oldEndPosition: TextPoint;
  readonly newEndPosition: TextPoint;
}

/** The shortest single change from one text to another; `undefined` when they are the same. */
export function textEdit(before: string, after: string): TextEdit | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let same = 0;
  while (
    same < shorter - start &&
    before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
  )
    same++;
  const [oldEnd, newEnd] = [before.length - same, after.length - same];
  const startPosition = pointAt(before, start, { row: 0, column: 0 }, 0);
  return {
    startIndex: start,
    oldEndIndex: oldEnd,
    newEndIndex: newEnd,
    startPosition,
    oldEndPosition: pointAt(before, oldEnd, startPosition, start),
    newEndPosition: pointAt(after, newEnd, startPosition, start),
  };
}

/** The place of an index, counted on from a place that is known. */
function pointAt(text: string, index: number, from: TextPoint, fromIndex: number): TextPoint {
  let row = from.row;
  let lineStart = fromIndex - from.column;
  for (;;) {
    const end = text.indexOf('\n', Math.max(lineStart, fromIndex));
    if (end < 0 || end >= index) return { row, column: index - lineStart };
    row++;
    lineStart = end + 1;
    fromIndex = lineStart;
  }
}
