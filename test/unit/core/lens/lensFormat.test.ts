import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { defaultLensFormat, lensFields } from '../../../../src/core/lens/lensFields';
import { LensFormat } from '../../../../src/core/lens/lensFormat';

const fill = (format: string, values: Readonly<Record<string, string>>) =>
  new LensFormat(format).fill((field) => values[field] ?? '');

describe('a lens format', () => {
  it('says its words and what its fields give', () => {
    assert.equal(fill('{a} runs · p95 {b} of {c}', { a: '3', b: '4 ms', c: '5' }), '3 runs · p95 4 ms of 5');
    assert.equal(fill('just words', {}), 'just words');
    assert.equal(fill('', {}), '');
  });

  it('leaves a part with a silent field out, with its words and its separator', () => {
    assert.equal(fill('{a} · p95 {b} · {c}', { a: '1', c: '3' }), '1 · 3');
    assert.equal(fill('{a} · p95 {b} — {c}', { b: '2', c: '3' }), 'p95 2 — 3');
    assert.equal(fill('{a} | {b} of {c}', { a: '1', b: '2' }), '1');
    assert.equal(fill('{a} · {b}', {}), '');
  });

  it('takes a dot or a bar without spaces around it, and a lone brace, for words', () => {
    assert.equal(fill('{a}·{b}|{c', { a: '1', b: '2' }), '1·2|{c');
  });

  it('knows its fields, each once', () => {
    assert.deepEqual(new LensFormat('{a} { b } · {a} · {}').fields, ['a', 'b', '']);
    const known: readonly string[] = lensFields;
    assert.ok(new LensFormat(defaultLensFormat).fields.every((name) => known.includes(name)));
  });

  it('never takes what a field says for a part of itself', () => {
    const value = fc.string({ minLength: 1 }).map((text) => `x${text}{a} · {b}x`);
    fc.assert(
      fc.property(value, value, (a, b) => {
        assert.equal(fill('{a} · p {b}', { a, b }), `${a} · p ${b}`);
      }),
    );
  });

  it('begins and ends with no separator, whatever is silent', () => {
    const part = fc.record({
      name: fc.constantFrom('a', 'b', 'c'),
      separator: fc.constantFrom('·', '|', '—'),
    });
    fc.assert(
      fc.property(fc.array(part), fc.subarray(['a', 'b', 'c']), (parts, told) => {
        const format = parts.map(({ name, separator }) => `{${name}} ${separator} `).join('');
        const text = new LensFormat(format).fill((name) => (told.includes(name) ? name : ''));
        assert.doesNotMatch(text, /^\s*[·|—]|[·|—]\s*$|[·|—]\s*[·|—]/);
      }),
    );
  });
});
