import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { cleanText } from '../../../../src/core/trace/cleanText';

/** Any characters, the harmful ones often. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 3 }),
      fc.constantFrom('\n', '\0', '\u202e', '\u200b', '\u2066', '\ufeff', '\u061c', '😀', '\u{e0041}', ' '),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

describe('cleanText', () => {
  it('leaves a harmless text as it is', () => {
    assert.equal(cleanText('storage π≈3 😀', 20), 'storage π≈3 😀');
  });

  it('makes one line of several and drops what nobody sees at the ends', () => {
    assert.equal(cleanText('\u200b a\r\n\tb\u0007 \n', 20), 'a b');
  });

  it('takes away what turns the direction of text or hides in it', () => {
    for (const code of [
      0x202e, 0x2066, 0x206a, 0x202f, 0x200f, 0x061c, 0x180e, 0xfeff, 0x2028, 0x85, 0x1b, 0xe0041,
    ]) {
      assert.equal(cleanText(`a${String.fromCodePoint(code)}b`, 20), 'a b', code.toString(16));
    }
  });

  it('ends a longer text in an ellipsis, at exactly the length', () => {
    assert.equal(cleanText('abcdef', 6), 'abcdef');
    assert.equal(cleanText('abcdefg', 6), 'abcde…');
    assert.equal(cleanText(`ab${'\0'.repeat(50)}c`, 6), 'ab…');
  });

  it('does not cut a pair of surrogates in two', () => {
    assert.equal(cleanText('abc😀def', 5), 'abc…');
    assert.equal(cleanText('abc😀def', 6), 'abc😀…');
  });

  it('is never longer than asked, never has control characters, never half a pair', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 40 }), (text, maxLength) => {
        const cleaned = cleanText(text, maxLength);
        assert.ok(cleaned.length <= maxLength, JSON.stringify(cleaned));
        assert.doesNotMatch(cleaned, /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u061c]/u);
        assert.doesNotThrow(() => encodeURIComponent(cleaned), 'no half of a pair');
      }),
      { numRuns: 500 },
    );
  });

  it('changes nothing that it has cleaned before', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = cleanText(text, 20);
        assert.equal(cleanText(once, 20), once);
      }),
    );
  });
});
