/** What the command line needs from the process; tests bring their own. */
export interface CliIo {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly hasColours: boolean;
  nowMs(): number;
  out(text: string): void;
  err(text: string): void;
}

const colours = { dim: 2, bold: 1, red: 31 } as const;

/** The text in a colour, if there are colours. */
export function coloured(io: CliIo, colour: keyof typeof colours, text: string): string {
  return io.hasColours ? `\u001b[${colours[colour]}m${text}\u001b[0m` : text;
}

const unsafe =
  // DEL, C1, zero-width, bidirectional marks, overrides and isolates, separators, byte-order mark: JSON.stringify leaves them.
  /[\u007f-\u009f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** A value as JSON that a terminal can show: control and direction characters are escaped, which JSON reads as the same. */
export function safeJson(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return `${text.replace(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}
