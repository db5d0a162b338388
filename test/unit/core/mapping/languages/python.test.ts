import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { spansOf, writesOf } from '../../../sources/parser/sitesOf';

const spans = (...lines: readonly string[]) => spansOf('python', lines);
const writes = (...lines: readonly string[]) => writesOf('python', lines);

describe('in Python', function () {
  this.timeout(20_000);

  it('a name may be put together of strings and constants', async () => {
    const lines = [
      'BASE = "model"',
      'RUN = BASE + "." + "run"',
      't.start_span("pre" "process")',
      't.start_span(RUN)',
      't.start_span("line\\nbreak")',
      't.start_span(r"raw\\n")',
    ];
    assert.deepEqual(await spans(...lines), [
      'preprocess@3 in module',
      'model.run@4 in module',
      'line\nbreak@5 in module',
      'raw\\n@6 in module',
    ]);
  });

  it('what of a name is not known may be anything, when enough of it is', async () => {
    const lines = [
      't.start_span(f"load {bucket}/{key}")',
      't.start_span("rank {}".format(n))',
      't.start_span("rank %d of 5" % n)',
      't.start_span("infer-" + name)',
      't.start_span(f"{a}{{literal}}{b}")',
      't.start_span(f"{name}")',
      't.start_span(f"a{name}")',
    ];
    assert.deepEqual(await spans(...lines), [
      'load …/…@1 in module',
      'rank …@2 in module',
      'rank … of 5@3 in module',
      'infer-…@4 in module',
      '…{literal}…@5 in module',
    ]);
  });

  it('constants of classes are known, and so are decorators of OpenInference', async () => {
    const lines = [
      'class Names:',
      '    RUN = "run_model"',
      'class Model:',
      '    @tracer.chain',
      '    def answer(self):',
      '        with t.start_as_current_span(Names.RUN): pass',
      '    @tracer.tool(name="lookup")',
      '    def tool(self): pass',
      '    @self.chain',
      '    def other(self): pass',
    ];
    assert.deepEqual(await spans(...lines), [
      'answer@4 in answer',
      'run_model@6 in answer',
      'lookup@7 in tool',
    ]);
  });

  it('attributes may be given as the span is opened', async () => {
    const lines = [
      'def f():',
      '    with t.start_as_current_span("a", attributes={"k": 1, f"{x}": 2}) as span:',
      '        span.set_attributes({"m": 1,',
      '            "n": 2})',
    ];
    assert.deepEqual(await writes(...lines), ['k@2-2 in f', 'm@3-3 in f', 'n@4-4 in f']);
  });
});
