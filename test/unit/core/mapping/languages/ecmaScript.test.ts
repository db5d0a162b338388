import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { LanguageId } from '../../../../../src/core/mapping/languages/languageIds';
import { sitesOf, spansOf, writesOf } from '../../../sources/parser/sitesOf';

const plain: readonly LanguageId[] = ['javascript', 'javascriptreact', 'typescript', 'typescriptreact'];

for (const language of plain)
  describe(`in ${language}`, function () {
    this.timeout(20_000);
    const spans = (...lines: readonly string[]) => spansOf(language, lines);
    const writes = (...lines: readonly string[]) => writesOf(language, lines);

    it('spans are opened by startSpan and startActiveSpan', async () => {
      const lines = [
        "const NAME = 'constant';",
        'export const OTHER = `exported`;',
        "const names = { RUN: 'run_model' };",
        'async function infer(id) {',
        "  const a = tracer.startSpan('a', {}, context.active());",
        '  return tracer.startActiveSpan(`load ${id} now`, async (span) => {',
        '    trace.getTracer("t").startSpan(NAME);',
        '    tracer?.startSpan(OTHER);',
        '    this.tracer.startSpan(names.RUN);',
        '    tracer.startSpan("es" + "caped\\x41");',
        '  });',
        '}',
      ];
      assert.deepEqual(await spans(...lines), [
        'a@5 in infer',
        'load … now@6 in infer',
        'constant@7 in infer',
        'exported@8 in infer',
        'run_model@9 in infer',
        'escapedA@10 in infer',
      ]);
    });

    it('functions have names in all their forms', async () => {
      const lines = [
        'function declared() { t.startSpan("declared"); }',
        'const arrow = async () => { t.startSpan("arrow"); };',
        'const expression = function () { t.startSpan("expression"); };',
        'const object = { property: () => { t.startSpan("property"); },',
        '  method() { t.startSpan("method"); } };',
        'exports.assigned = () => { t.startSpan("assigned"); };',
        'function* generator() { t.startSpan("generator"); }',
        'class Model {',
        '  run() { t.startSpan("run"); }',
        '  field = () => { t.startSpan("field"); };',
        '  static async load() { t.startSpan("load"); }',
        '}',
        'items.forEach((item) => { t.startSpan("anonymous"); });',
      ];
      assert.deepEqual(await spans(...lines), [
        'declared@1 in declared',
        'arrow@2 in arrow',
        'expression@3 in expression',
        'property@4 in property',
        'method@5 in method',
        'assigned@6 in assigned',
        'generator@7 in generator',
        'run@9 in run',
        'field@10 in field',
        'load@11 in load',
        'anonymous@13 in module',
      ]);
      const { functions } = await sitesOf(language, lines);
      assert.equal(functions.find(({ name }) => name === 'run')?.container, 'Model');
    });

    it('attributes are set one by one, many at once, or as a span is opened', async () => {
      const lines = [
        "const KEY = 'constant';",
        'function f(span) {',
        "  span.setAttribute('a', 1);",
        '  span?.setAttribute(KEY,',
        '    compute());',
        "  span.setAttributes({ b: 1, 'c.d': 2,",
        '    [KEY]: 3, ...rest, [other]: 4 });',
        "  t.startSpan('s', { kind: 1, attributes: { e: 1 } });",
        '  other.set({ attributes: { f: 1 } });',
        '}',
      ];
      assert.deepEqual(await writes(...lines), [
        ...['a@3-3 in f', 'constant@4-5 in f', 'b@6-6 in f', 'c.d@6-6 in f'],
        ...['constant@7-7 in f', 'e@8-8 in f'],
      ]);
    });

    it('nothing in comments and strings counts, nor what is not written out', async () => {
      const lines = [
        "// tracer.startSpan('a')",
        "/* span.setAttribute('b', 1) */",
        `const x = "tracer.startSpan('c')";`,
        'tracer.startSpan(name);',
        'tracer.startSpan(`${name}`);',
        'tracer.startSpan();',
        'tracer.startSpan(...names);',
        'span.setAttribute(`k${i}`, 1);',
        "startSpan('d');",
      ];
      assert.deepEqual([...(await spans(...lines)), ...(await writes(...lines))], []);
    });
  });

describe('in TypeScript', function () {
  this.timeout(20_000);

  it('types do not stand in the way', async () => {
    const lines = [
      "const NAME = 'constant' as const;",
      "enum Spans { Run = 'run_model' }",
      'class Model<T> {',
      "  private static readonly LOAD: string = 'load_model';",
      '  async predict(input: T): Promise<number> {',
      '    return tracer.startActiveSpan(NAME, (span: Span): number => {',
      '      tracer!.startSpan(Spans.Run); tracer.startSpan(Model.LOAD);',
      '    });',
      '  }',
      '}',
    ];
    assert.deepEqual(await spansOf('typescript', lines), [
      'constant@6 in predict',
      'run_model@7 in predict',
      'load_model@7 in predict',
    ]);
  });

  it('decorators open spans around methods, called by their own names unless they are given one', async () => {
    const lines = [
      'class Model {',
      "  @Span('named')",
      '  run() {}',
      '  @Span()',
      '  load() {}',
      '  @Other()',
      '  more() {}',
      '}',
    ];
    assert.deepEqual(await spansOf('typescript', lines), ['named@2 in run', 'Model.load@4 in load']);
  });

  it('comments and other decorators may stand between a decorator and its method', async () => {
    const lines = [
      'class Model {',
      "  @Span('named') // why",
      '  @Other()',
      '  /** Says what it does. */',
      '  run() {}',
      '  @Span() /* why */',
      '  load() {}',
      '}',
    ];
    assert.deepEqual(await spansOf('typescript', lines), ['named@2 in run', 'Model.load@6 in load']);
  });

  it('constants may be read-only objects', async () => {
    const lines = [
      "export const names = { RUN: 'run_model' } as const;",
      "const others = { LOAD: 'load_model' } satisfies Names;",
      'function f() { tracer.startSpan(names.RUN); tracer.startSpan(others.LOAD); }',
    ];
    assert.deepEqual(await spansOf('typescript', lines), ['run_model@3 in f', 'load_model@3 in f']);
  });

  it('JSX is read', async () => {
    const lines = [
      'export function Page() {',
      "  const span = tracer.startSpan('render');",
      '  return <div onClick={() => tracer.startSpan("click")}>startSpan("no")</div>;',
      '}',
    ];
    for (const language of ['typescriptreact', 'javascriptreact'] as const)
      assert.deepEqual(await spansOf(language, lines), ['render@2 in Page', 'click@3 in Page']);
  });
});
