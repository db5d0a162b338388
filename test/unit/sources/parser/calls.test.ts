import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { LanguageId } from '../../../../src/core/mapping/languages/languageIds';
import { TreeSitterCallSites } from '../../../../src/sources/parser/treeSitter';
import { wasmFile } from './sitesOf';

const parser = new TreeSitterCallSites(wasmFile);
const callsOf = async (language: LanguageId, ...lines: readonly string[]) =>
  (await parser.calls(language, lines.join('\n'))).map(({ name, line }) => `${name}@${line}`);

describe('what is called, by name', () => {
  it('is found in Python', async () => {
    const lines = [
      '# get(1)',
      'def load(key):',
      '    return (s3',
      '        .get_object(Key="put()"))',
      'fetch(load(1))',
    ];
    assert.deepEqual(await callsOf('python', ...lines), ['get_object@4', 'fetch@5', 'load@5']);
  });

  it('is found in JavaScript and TypeScript', async () => {
    const lines = ['const r = await fetch(url); // get()', 'axios.get(put())'];
    const found = ['fetch@1', 'get@2', 'put@2'];
    for (const language of ['javascript', 'typescript', 'typescriptreact'] as const)
      assert.deepEqual(await callsOf(language, ...lines), found);
  });

  it('is found in Go, Java, Rust and C#', async () => {
    assert.deepEqual(await callsOf('go', 'func f() {', ' client.GetObject(ctx)', ' load()', '}'), [
      'GetObject@2',
      'load@3',
    ]);
    assert.deepEqual(await callsOf('java', 'class A { void f() { s3.getObject(r); load(); } }'), [
      'getObject@1',
      'load@1',
    ]);
    assert.deepEqual(await callsOf('rust', 'fn f() {', ' client.get(url).send();', ' db::query(1);', '}'), [
      'get@2',
      'send@2',
      'query@3',
    ]);
    assert.deepEqual(await callsOf('csharp', 'class A { void F() { http.GetAsync(u); Load(); } }'), [
      'GetAsync@1',
      'Load@1',
    ]);
  });
});
