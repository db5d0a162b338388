import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { escapeMarkdown } from '../../../../src/features/annotations/escapeMarkdown';
import { anyText, hostileTexts } from '../explorer/hostile';

/** Undoes the numeric character references, as a Markdown renderer does after it has parsed. */
const rendered = (markdown: string) =>
  markdown.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));

/** Nothing in it means anything in Markdown, in HTML, or to VS Code (`$(icon)`); numeric references are what is left of it. */
function assertInert(markdown: string): void {
  const rest = markdown.replace(/&#\d+;/g, '');
  assert.doesNotMatch(rest, /[\\`*_{}[\]()#+\-.!|<>&~$:@/\n\r]/, rest);
  assert.ok(markdown.length <= 60 * 6, `${markdown.length} characters`);
}

describe('escapeMarkdown', () => {
  it('leaves plain text as it is', () => {
    assert.equal(escapeMarkdown('golden retriever 7'), 'golden retriever 7');
  });

  it('shows what was written', () => {
    for (const text of [
      'a|b',
      '**bold**',
      '[x](command:y)',
      '<b>&amp;</b>',
      '$(bug)',
      'https://e.com',
      'a@b.c',
      '&#124;',
    ]) {
      assert.equal(rendered(escapeMarkdown(text)), text);
      assertInert(escapeMarkdown(text));
    }
  });

  it('is inert, whatever goes in', () => {
    for (const text of hostileTexts) assertInert(escapeMarkdown(text));
    const special = fc.string({ unit: fc.constantFrom(...'\\`*_{}[]()#+-.!|<>&~$:@/\n\r\t\u2028=^"\'; a1') });
    fc.assert(fc.property(fc.oneof(special, anyText), (text) => assertInert(escapeMarkdown(text))));
  });
});
