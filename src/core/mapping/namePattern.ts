/**
 * A text that the source writes out in part: its literal pieces, with anything between them. One piece: exactly that text. `['user-', '']`
 * is what begins with `user-`.
 */
export type NamePattern = readonly string[];

/** Letters and digits that a pattern must have in all: what has fewer would match almost anything. */
const leastLiterals = 3;

/** Whether a pattern is one text. */
export function isExact(pattern: NamePattern): boolean {
  return pattern.length === 1;
}

/** Whether a pattern says enough to be matched. */
export function isTelling(pattern: NamePattern): boolean {
  const literals = pattern.join('').match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  return isExact(pattern) ? pattern[0] !== '' : literals >= leastLiterals;
}

/** Whether a name is what a pattern says. */
export function matchesName(pattern: NamePattern, name: string): boolean {
  const [first = '', ...rest] = pattern;
  const last = rest.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = name.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}

/** A pattern as people read it. */
export function patternText(pattern: NamePattern): string {
  return pattern.join('…');
}
