import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isParsedLanguage, languageOfPath } from '../../../../../src/core/mapping/languages/languageIds';

describe('the languages that are parsed', () => {
  it('are known by VS Code’s ids', () => {
    for (const id of ['python', 'go', 'typescriptreact', 'csharp']) assert.equal(isParsedLanguage(id), true);
    for (const id of ['', 'markdown', 'constructor', '__proto__']) assert.equal(isParsedLanguage(id), false);
  });

  it('are known by the ending of a file', () => {
    const paths = ['/a/b.py', 'c.d.ts', 'C:\\e.tsx', 'f.rs', 'g.JAVA', 'h.constructor', 'py', '', '/a.py/b'];
    assert.deepEqual(paths.map(languageOfPath), [
      'python',
      'typescript',
      'typescriptreact',
      'rust',
      ...Array(5).fill(undefined),
    ]);
  });
});
