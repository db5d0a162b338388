import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { sitesOf, spansOf, writesOf } from '../../../sources/parser/sitesOf';

describe('in Java', function () {
  this.timeout(20_000);

  it('spans are built by spanBuilder', async () => {
    const lines = [
      'class Names { static final String RUN = "run_model"; }',
      'class Model {',
      '  private static final String NAME = "load";',
      '  void predict(String id) {',
      '    Span span = tracer.spanBuilder("a")',
      '        .setSpanKind(SpanKind.CLIENT)',
      '        .startSpan();',
      '    tracer.spanBuilder(NAME).startSpan();',
      '    GlobalOpenTelemetry.getTracer("t").spanBuilder(Names.RUN).startSpan();',
      '    tracer.spanBuilder("user-" + id).startSpan();',
      '    tracer.spanBuilder(String.format("rank %s", id)).startSpan();',
      '  }',
      '}',
    ];
    assert.deepEqual(await spansOf('java', lines), [
      'a@5 in predict',
      'load@8 in predict',
      'run_model@9 in predict',
      'user-…@10 in predict',
      'rank …@11 in predict',
    ]);
  });

  it('annotations open spans around methods, called after class and method unless they are given a name', async () => {
    const lines = [
      'class Model {',
      '  @Override @WithSpan',
      '  public void plain() {}',
      '  @WithSpan("named")',
      '  void named() {}',
      '  @WithSpan(value = "valued", kind = SpanKind.CLIENT)',
      '  void valued() {}',
      '  @WithSpan(kind = SpanKind.CLIENT)',
      '  void kindOnly() {}',
      '  @Timed("no")',
      '  void other() {}',
      '}',
    ];
    assert.deepEqual(await spansOf('java', lines), [
      'Model.plain@2 in plain',
      'named@4 in named',
      'valued@6 in valued',
      'Model.kindOnly@8 in kindOnly',
    ]);
  });

  it('methods belong to their classes, the innermost', async () => {
    const lines = ['class A {', '  A() {}', '  static class B { void b() {} }', '  void a() {}', '}'];
    const { functions } = await sitesOf('java', lines);
    assert.deepEqual(
      functions.map(({ container, name }) => `${container}.${name}`),
      ['A.A', 'B.b', 'A.a'],
    );
  });

  it('attributes are set by keys, texts and builders', async () => {
    const lines = [
      'class Model {',
      '  static final AttributeKey<Double> LATENCY = AttributeKey.doubleKey("storage_latency_ms");',
      '  void f(Span span) {',
      '    span.setAttribute(LATENCY, ms);',
      '    span.setAttribute("a", 1).setAttribute(AttributeKey.stringKey("b"), "x");',
      '    span.setAllAttributes(Attributes.of(LATENCY, 1.0));',
      '    span.setAllAttributes(Attributes.builder().put("c", 1).build());',
      '    map.put("no", 1);',
      '  }',
      '}',
    ];
    assert.deepEqual(await writesOf('java', lines), [
      'storage_latency_ms@4-4 in f',
      'a@5-5 in f',
      'b@5-5 in f',
      'storage_latency_ms@6-6 in f',
      'c@7-7 in f',
    ]);
  });

  it('nothing in comments and strings counts, nor what is not written out', async () => {
    const lines = [
      'class A {',
      '  // tracer.spanBuilder("a")',
      '  String s = "tracer.spanBuilder(\\"b\\")";',
      '  void f(String name) { tracer.spanBuilder(name); }',
      '}',
    ];
    assert.deepEqual(await spansOf('java', lines), []);
  });
});
