import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { sources } from './repository';

const maxLines = 300;

/** What no source file contains. Put together here, so that searching for them does not find this file. */
const forbidden: Readonly<Record<string, RegExp>> = {
  'a note to do something later': new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X'].join('|')})\\b`),
  'a suppressed compiler error': /@ts-(ignore|expect-error|nocheck)/,
  'a suppressed lint error': /(biome|eslint)-(ignore|disable)/,
  any: /(:\s*|\bas\s+|<|\|\s*)any\b(?!\s+[a-z])/,
  'an enum': /^\s*(export\s+)?(const\s+)?enum\s/m,
  'a default export': /\bexport\s+(default\b|\{[^}]*\bas\s+default\b)/,
};

describe('every file of src', () => {
  const files = sources();

  it('was found', () => {
    assert.ok(files.length > 50, `only ${files.length} files`);
  });

  it(`has at most ${maxLines} lines`, () => {
    const tooLong = files
      .filter(({ text }) => text.trimEnd().split('\n').length > maxLines)
      .map(({ path }) => path);
    assert.deepEqual(tooLong, []);
  });

  for (const [what, pattern] of Object.entries(forbidden)) {
    it(`is without ${what}`, () => {
      const found = files.flatMap(({ path, text }) =>
        withoutProse(text)
          .split('\n')
          .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
      );
      assert.deepEqual(found, []);
    });
  }

  it('would be caught if it had one', () => {
    const samples = [
      `// ${'TO' + 'DO'}: later`,
      '// @ts-ignore',
      '// biome-ignore lint: no',
      'const a: any = b as any;',
      'export enum A {}',
      'export default a;',
    ];
    for (const [index, pattern] of Object.values(forbidden).entries())
      assert.match(withoutProse(samples[index]!), pattern);
  });
});

/** The text with strings emptied, in which `any` and `enum` are words like others. Comments stay: most of what is forbidden is in one. */
function withoutProse(text: string): string {
  return text.replace(/'(?:[^'\\\n]|\\.)*'/g, "''");
}
