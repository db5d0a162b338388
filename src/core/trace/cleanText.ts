const controlAndFormat =
  // C0, C1, zero-width, bidirectional marks, overrides and isolates, line and paragraph separators, byte-order mark, tags
  /[\u0000-\u001f\u007f-\u009f\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]+/gu;

/**
 * Text from a trace as one harmless line of at most `maxLength` characters: control, zero-width and direction
 * characters become a space, a longer text ends in `…`. Looks at no more than it keeps.
 */
export function cleanText(text: string, maxLength: number): string {
  const head = text.slice(0, maxLength * 2);
  const line = head.replace(controlAndFormat, ' ').trim();
  if (line.length <= maxLength && head.length === text.length) return line;
  const cut = line.slice(0, maxLength - 1);
  // Never leave half of a surrogate pair behind.
  const last = cut.charCodeAt(cut.length - 1);
  return `${last >= 0xd800 && last <= 0xdbff ? cut.slice(0, -1) : cut}…`;
}
