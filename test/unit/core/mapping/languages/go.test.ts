import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { sitesOf, spansOf, writesOf } from '../../../sources/parser/sitesOf';

describe('in Go', function () {
  this.timeout(20_000);

  it('spans are opened by Start, after the context', async () => {
    const lines = [
      'package main',
      'const Name = "constant"',
      'const (',
      '\tRun = "run_model"',
      ')',
      'var raw = `raw name`',
      'func Infer(ctx context.Context) {',
      '\tctx, span := tracer.Start(ctx, "a", trace.WithSpanKind(trace.SpanKindClient))',
      '\totel.Tracer("t").Start(ctx, Name)',
      '\t_, s := otel.Tracer("t").Start(ctx, fmt.Sprintf("load %d of %s", n, x))',
      '\tfunc() { tracer.Start(ctx, Run) }()',
      '\ttracer.Start(ctx, raw)',
      '\topentracing.StartSpanFromContext(ctx, "b")',
      '\topentracing.StartSpan("c")',
      '}',
    ];
    assert.deepEqual(await spansOf('go', lines), [
      'a@8 in Infer',
      'constant@9 in Infer',
      'load … of …@10 in Infer',
      'run_model@11 in Infer',
      'raw name@12 in Infer',
      'b@13 in Infer',
      'c@14 in Infer',
    ]);
  });

  it('servers and threads are started, too, but not as spans', async () => {
    const lines = [
      'package main',
      'func Serve(ctx context.Context) {',
      '\t_ = server.Start(ctx, "a")',
      '\tif err := server.Start(ctx, "b"); err != nil { return }',
      '\tserver.Start(ctx, "c")',
      '\tctx, span := telemetry.Start(ctx, "d")',
      '\tctx, span = t.Start(ctx, "e")',
      '\treturn s.tracer.Start(ctx, "f")',
      '}',
    ];
    assert.deepEqual(await spansOf('go', lines), ['d@6 in Serve', 'e@7 in Serve', 'f@8 in Serve']);
  });

  it('methods belong to their types', async () => {
    const lines = ['package m', 'func (s *Server) Predict() {}', 'func (s Server) Load() {}', 'func f() {}'];
    const { functions } = await sitesOf('go', lines);
    assert.deepEqual(
      functions.map(({ container, name, line }) => [container, name, line]),
      [
        ['Server', 'Predict', 2],
        ['Server', 'Load', 3],
        [undefined, 'f', 4],
      ],
    );
  });

  it('attributes are made by their types, keys and constants', async () => {
    const lines = [
      'package m',
      'const latency = "storage_latency_ms"',
      'var prediction = attribute.Key("model_prediction")',
      'func f(span trace.Span) {',
      '\tspan.SetAttributes(attribute.Float64(latency, ms), attribute.String("a", "b"))',
      '\tspan.SetAttributes(',
      '\t\tprediction.String(label),',
      '\t\tattribute.Key("z").Int64(1),',
      '\t)',
      '\ttracer.Start(ctx, "s", trace.WithAttributes(attribute.Bool("w", true)))',
      '\tother.Float64("no", 1)',
      '}',
    ];
    assert.deepEqual(await writesOf('go', lines), [
      'storage_latency_ms@5-5 in f',
      'a@5-5 in f',
      'model_prediction@7-7 in f',
      'z@8-8 in f',
      'w@10-10 in f',
    ]);
  });

  it('nothing in comments and strings counts, nor what is not written out', async () => {
    const lines = [
      'package m',
      '// tracer.Start(ctx, "a")',
      'var s = `tracer.Start(ctx, "b")`',
      'func f() { tracer.Start(ctx, name); server.Start(); Start(ctx, "c") }',
    ];
    assert.deepEqual(await spansOf('go', lines), []);
  });
});
