const letters: Readonly<Record<string, string>> = {
  ...{ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', '0': '\0' },
  '\n': '',
};

/** The text of an escape sequence, as the languages that are parsed have it in common. */
export function escapedText(sequence: string): string {
  const body = sequence.slice(1);
  const code = /^(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|u\{([0-9a-f]{1,6})\})$/i.exec(body);
  const hex = code?.slice(1).find((digits) => digits !== undefined);
  if (hex === undefined) return letters[body] ?? body;
  const point = Number.parseInt(hex, 16);
  return point <= 0x10ffff ? String.fromCodePoint(point) : body;
}
