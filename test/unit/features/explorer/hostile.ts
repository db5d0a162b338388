import assert from 'node:assert/strict';
import fc from 'fast-check';

const nasty = [
  '\n\r\u0000\u001b[31m',
  '[click](command:workbench.action.quit)',
  '\u202egnp.exe\u2066',
  '\u200b\u2028\ufeff',
  '**bold** | <img src=x onerror=alert(1)>',
  '🚀',
];

/** Texts as nobody would write them: 100 kB each, with control characters, Markdown, and text that runs right to left. */
export const hostileTexts: readonly string[] = nasty.map((text) =>
  text.repeat(Math.ceil(100_000 / text.length)),
);

/** Any text of Unicode's first plane. */
export const anyText = fc
  .array(fc.integer({ min: 0, max: 0xffff }))
  .map((codes) => String.fromCharCode(...codes).replace(/\p{Surrogate}/gu, '\ufffd'));

/** Whether a text is one line of at most so many characters, without anything that cannot be seen or turns the line around. */
export function assertShortLine(text: string, maxLength: number): void {
  assert.ok(text.length <= maxLength, `${text.length} characters: ${text.slice(0, 300)}`);
  assert.doesNotMatch(text, /[\p{Cc}\p{Bidi_Control}\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]/u);
  assert.doesNotMatch(text, /\p{Surrogate}/u, 'half of a surrogate pair');
}
