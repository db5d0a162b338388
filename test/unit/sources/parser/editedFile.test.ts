import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { Language, Parser } from 'web-tree-sitter';
import type { LanguageId } from '../../../../src/core/mapping/languages/languageIds';
import { TreeSitterCallSites } from '../../../../src/sources/parser/treeSitter';
import { wasmFile } from './sitesOf';

const parser = new TreeSitterCallSites(wasmFile);

/** Blocks of lines that are whole, and lines that break what follows them. */
const pieces = {
  python: [
    'NAME = "constant"',
    'class Model:\n    RUN = "run"\n    @tracer.chain\n    def g(self):\n        t.start_span(Model.RUN)',
    '@t.start_as_current_span("decorated")\n@cached\ndef f():\n    pass',
    'def f():\n    with t.start_as_current_span(NAME, attributes={"k": 1}) as span:\n        span.set_attribute("key",\n            1)',
    '# t.start_span("no")',
    't.start_span("top")',
    '',
    '"""',
    ')',
  ],
  rust: [
    'const NAME: &str = "constant";',
    'impl Model {\n#[instrument(name = "given", fields(k = 1))]\n#[inline]\n// comment\nfn g() { tracer.start(NAME); }\n}',
    '#[instrument]',
    '#[inline]',
    'fn f() {\nspan.set_attribute(KeyValue::new("key", 1));\nlet s = info_span!("y", model = 3);\n}',
    '// comment',
    '',
    '/*',
    '}',
  ],
  typescript: [
    "const NAME = 'constant';",
    "class Model {\n  @Span('given')\n  // comment\n  run() {}\n  @Span()\n  load() {\n    tracer.startSpan('in');\n  }\n}",
    "function f() {\n  tracer.startActiveSpan(NAME, (span) => {\n    span.setAttributes({ a: 1,\n      'b': 2 });\n  });\n}",
    '// comment',
    '',
    '`',
    '});',
  ],
} satisfies Partial<Record<LanguageId, readonly string[]>>;

/** Of a text that is broken, parsing again after an edit may make another tree than parsing it at once. */
async function isWhole(language: keyof typeof pieces, text: string): Promise<boolean> {
  const tree = (await parserOf(language)).parse(text);
  const isRight = tree !== null && !tree.rootNode.hasError;
  tree?.delete();
  return isRight;
}

const parsers = new Map<string, Promise<Parser>>();
function parserOf(language: keyof typeof pieces): Promise<Parser> {
  const known = parsers.get(language) ?? loadParser(language);
  parsers.set(language, known);
  return known;
}

async function loadParser(language: keyof typeof pieces): Promise<Parser> {
  await Parser.init({ locateFile: wasmFile });
  const plain = new Parser();
  plain.setLanguage(await Language.load(wasmFile(`tree-sitter-${language}.wasm`)));
  return plain;
}

describe('a file that is edited', function () {
  this.timeout(60_000);

  for (const language of ['python', 'rust', 'typescript'] as const)
    it(`has the call sites of its text when it is whole, whatever was edited before, in ${language}`, async () => {
      const line = fc.constantFrom(...pieces[language]);
      const lines = fc.array(line, { minLength: 5, maxLength: 40 });
      const edit = fc.record({
        at: fc.nat(40),
        deleted: fc.nat(4),
        inserted: fc.array(line, { maxLength: 3 }),
      });
      let file = 0;
      await fc.assert(
        fc.asyncProperty(lines, fc.array(edit, { minLength: 1, maxLength: 6 }), async (first, edits) => {
          const name = `file ${file++}`;
          const now = [...first];
          await parser.find(language, now.join('\n'), name);
          for (const { at, deleted, inserted } of edits) {
            now.splice(at % (now.length + 1), deleted, ...inserted);
            const text = now.join('\n');
            const edited = await parser.find(language, text, name);
            if (await isWhole(language, text)) assert.deepEqual(edited, await parser.find(language, text));
          }
        }),
        { numRuns: 60 },
      );
    });

  it('is forgotten when many others came, and found again', async () => {
    const text = 'with t.start_span("a"): pass';
    for (let i = 0; i < 40; i++) await parser.find('python', `${text}\n`, `many ${i}`);
    assert.equal((await parser.find('python', text, 'many 0')).spanOpenings.length, 1);
  });
});
