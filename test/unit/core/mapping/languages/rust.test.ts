import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { sitesOf, spansOf, writesOf } from '../../../sources/parser/sitesOf';

describe('in Rust', function () {
  this.timeout(20_000);

  it('spans are opened by tracers and by macros', async () => {
    const lines = [
      'const NAME: &str = "constant";',
      'fn infer(id: u32) {',
      '    let span = tracer.start(NAME);',
      '    tracer.in_span(format!("load {}", id), |cx| {});',
      '    let b = tracer.span_builder("built").with_kind(SpanKind::Client).start(&tracer);',
      '    global::tracer("t").start(String::from("owned"));',
      '    let s = info_span!("y", model = 3);',
      '    let s = tracing::span!(tracing::Level::INFO, "leveled");',
      '    let s = debug_span!(target: "t", "targeted");',
      '}',
    ];
    assert.deepEqual(await spansOf('rust', lines), [
      'constant@3 in infer',
      'load …@4 in infer',
      'built@5 in infer',
      'owned@6 in infer',
      'y@7 in infer',
      'leveled@8 in infer',
      'targeted@9 in infer',
    ]);
  });

  it('attributes open spans around functions, called by their names unless they are given one', async () => {
    const lines = [
      'impl Model {',
      '    #[instrument]',
      '    fn plain(&self) {}',
      '    #[tracing::instrument(skip(self))]',
      '    #[inline]',
      '    pub async fn skipped(&self) {}',
      '    #[instrument(name = "named", level = "debug", skip_all)]',
      '    fn named(&self) {}',
      '    #[inline]',
      '    fn other(&self) {}',
      '}',
    ];
    assert.deepEqual(await spansOf('rust', lines), [
      'plain@2 in plain',
      'skipped@4 in skipped',
      'named@7 in named',
    ]);
    const { functions } = await sitesOf('rust', lines);
    assert.deepEqual([...new Set(functions.map(({ container }) => container))], ['Model']);
  });

  it('servers are started and things are built, too, but not as spans', async () => {
    const lines = [
      'fn f() {',
      '    server.start("a");',
      '    Builder::new().build("b");',
      '    self.tracer.build(SpanBuilder::from_name("c"));',
      '    self.tracer().start("d");',
      '}',
    ];
    assert.deepEqual(await spansOf('rust', lines), ['d@5 in f']);
  });

  it('comments may stand between an attribute and its function', async () => {
    const lines = ['#[instrument] // why', '/* how */', '/// What it does.', 'fn f() {}'];
    assert.deepEqual(await spansOf('rust', lines), ['f@1 in f']);
  });

  it('attributes are set by key values, fields and records', async () => {
    const lines = [
      '#[instrument(fields(storage_latency_ms = tracing::field::Empty, model.version = 3))]',
      'fn f(span: &mut Span) {',
      '    span.set_attribute(KeyValue::new("a", 1));',
      '    span.set_attribute(Key::new("b").f64(1.0));',
      '    Span::current().record("storage_latency_ms", ms);',
      '    let s = info_span!("y", c = 1, d.e = %x);',
      '}',
    ];
    assert.deepEqual(await writesOf('rust', lines), [
      'storage_latency_ms@1-1 in f',
      'model.version@1-1 in f',
      'a@3-3 in f',
      'b@4-4 in f',
      'storage_latency_ms@5-5 in f',
      'c@6-6 in f',
      'd.e@6-6 in f',
    ]);
  });

  it('nothing in comments and strings counts, nor what is not written out', async () => {
    const lines = [
      '// tracer.start("a")',
      'const S: &str = r#"tracer.start("b")"#;',
      'fn f(name: &str) { tracer.start(name); thread.start(); info!("no"); }',
    ];
    assert.deepEqual(await spansOf('rust', lines), []);
  });
});
