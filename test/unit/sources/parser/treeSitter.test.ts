import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { noCallSites } from '../../../../src/core/mapping/callSites';
import { TreeSitterCallSites } from '../../../../src/sources/parser/treeSitter';
import { pythonSites, spansIn, wasmFile, writesIn } from './sitesOf';

describe('TreeSitterCallSites finds span openings', function () {
  // Threads, grammars and sockets take their time on a machine that is busy.
  this.timeout(20_000);

  it('by with, by call and by decorator', async () => {
    const lines = [
      '@app.post("/predict")',
      '@tracer.start_as_current_span("decorated")',
      '@cached',
      'def run():',
      '    with tracer.start_as_current_span("with") as span, open("f"):',
      '        other = tracer.start_span("call")',
      '    with (trace.get_tracer(__name__).start_as_current_span("paren") as a, open("g") as b):',
      '        pass',
      'tracer.start_span("top")',
    ];
    const found = [
      'decorated@2 in run',
      'with@5 in run',
      'call@6 in run',
      'paren@7 in run',
      'top@9 in module',
    ];
    assert.deepEqual(await spansIn(...lines), found);
  });

  it('by keyword, wherever it stands', async () => {
    assert.deepEqual(
      await spansIn(
        't.start_span(name="a", kind=K)',
        't.start_span(kind=K, name="b")',
        't.start_span(kind="c")',
      ),
      ['a@1 in module', 'b@2 in module'],
    );
  });

  it('by constants of the module', async () => {
    const lines = [
      'A = "a"',
      'B: Final = "b"',
      't.start_span(A)',
      't.start_span(name=B)',
      't.start_span(UNKNOWN)',
    ];
    assert.deepEqual(await spansIn(...lines), ['a@3 in module', 'b@4 in module']);
  });

  it('not by a name that is assigned twice, or computed', async () => {
    assert.deepEqual(await spansIn('A = "a"', 'A = "b"', 't.start_span(A)'), []);
    assert.deepEqual(await spansIn('A = "a"', 'A = compute()', 't.start_span(A)'), []);
    assert.deepEqual(await spansIn('A = os.environ.get("SPAN", "a")', 't.start_span(A)'), []);
  });

  it('over several lines, with comments in between', async () => {
    const lines = [
      'def f():',
      '    with t.start_as_current_span(  # one',
      '        # two',
      '        "a",  # name',
      '    ):',
      '        pass',
    ];
    assert.deepEqual(await spansIn(...lines), ['a@2 in f']);
  });

  it('in nested functions, methods and asynchronous functions', async () => {
    const lines = [
      'class Model:',
      '    async def predict(self):',
      '        async with t.start_as_current_span("outer"):',
      '            def inner():',
      '                with t.start_as_current_span("inner"): pass',
      '            t.start_span("after")',
      '    @t.start_as_current_span("method")',
      '    async def load(self): pass',
    ];
    assert.deepEqual(await spansIn(...lines), [
      'outer@3 in predict',
      'inner@5 in inner',
      'after@6 in predict',
      'method@7 in load',
    ]);
  });

  it('with any quotes, and any letters', async () => {
    const lines = [
      "t.start_span('a')",
      't.start_span("""b""")',
      't.start_span(r"c")',
      't.start_span("推理 🚀")',
    ];
    assert.deepEqual(await spansIn(...lines), [
      'a@1 in module',
      'b@2 in module',
      'c@3 in module',
      '推理 🚀@4 in module',
    ]);
  });

  it('and none in comments, strings, or names that are not written out', async () => {
    const lines = [
      '# with t.start_as_current_span("a"):',
      '"""t.start_as_current_span("b")"""',
      `x = 't.start_span("c")'`,
      't.start_span(f"d{x}")',
      't.start_span("e" + y)',
      't.start_span(self.NAME)',
      't.start_span(*names)',
      't.start_span("h".upper())',
      't.start_span()',
      't.start_span("")',
      't.restart_span("i")',
      'start_span("j")',
    ];
    assert.deepEqual(await spansIn(...lines), []);
  });
});

describe('TreeSitterCallSites finds attribute writes', function () {
  // Threads, grammars and sockets take their time on a machine that is busy.
  this.timeout(20_000);

  it('by set_attribute, by string, constant and keyword', async () => {
    const lines = [
      'KEY = "constant"',
      'def f():',
      '    span.set_attribute("string", 1)',
      '    span.set_attribute(KEY, 1)',
      '    span.set_attribute(value=1, key="keyword")',
      '    trace.get_current_span().set_attribute(  # why',
      '        "lines",',
      '        compute(),',
      '    )',
    ];
    const found = ['string@3-3 in f', 'constant@4-4 in f', 'keyword@5-5 in f', 'lines@6-9 in f'];
    assert.deepEqual(await writesIn(...lines), found);
  });

  it('by set_attributes, each key on its line', async () => {
    const lines = [
      'KEY = "constant"',
      'span.set_attributes({',
      '    "a": 1,',
      '    KEY: compute(',
      '        2),',
      '    **others,',
      '    f"{x}": 3,',
      '})',
      'span.set_attributes(attributes={"b": 1})',
    ];
    assert.deepEqual(await writesIn(...lines), [
      'a@3-3 in module',
      'constant@4-5 in module',
      'b@9-9 in module',
    ]);
  });

  it('and none in comments, strings, or keys that are not written out', async () => {
    const lines = [
      '# span.set_attribute("a", 1)',
      `x = 'span.set_attribute("b", 1)'`,
      'span.set_attribute(f"c{x}", 1)',
      'span.set_attribute(keys[0], "d")',
      'span.get_attribute("e")',
      'set_attribute("f", 1)',
      'other({"g": 1})',
    ];
    assert.deepEqual(await writesIn(...lines), []);
  });
});

describe('TreeSitterCallSites', function () {
  // Threads, grammars and sockets take their time on a machine that is busy.
  this.timeout(20_000);

  it('finds functions with their lines', async () => {
    const { functions } = await pythonSites(
      '@d',
      'def a(',
      '    x,',
      '):',
      '    def b(): pass',
      '    return b',
    );
    assert.deepEqual(functions, [
      { name: 'a', container: undefined, line: 2, endLine: 6 },
      { name: 'b', container: undefined, line: 5, endLine: 5 },
    ]);
  });

  it('finds nothing in an empty file', async () => {
    for (const text of ['', '\n\n', '# nothing']) assert.deepEqual(await pythonSites(text), noCallSites);
  });

  it('counts lines the same whatever ends them, and with a byte-order mark', async () => {
    const text = 'def f():\n    with t.start_as_current_span("a") as s:\n        s.set_attribute("k", 1)\n';
    const expected = await pythonSites(text);
    assert.equal(expected.attributeWrites[0]?.line, 3);
    assert.deepEqual(await pythonSites(text.replaceAll('\n', '\r\n')), expected);
    assert.deepEqual(await pythonSites(`\ufeff${text}`), expected);
    assert.deepEqual(await pythonSites(text.replaceAll('    ', '\t')), expected);
  });

  it('finds what is still whole while somebody types', async () => {
    const lines = [
      'def f():',
      '    s.set_attribute("k", ',
      '',
      'def g():',
      '    with t.start_as_current_span("a"):',
      '        pass',
    ];
    assert.match((await spansIn(...lines)).join(), /^a@5/);
  });

  it('never throws, whatever the text', async () => {
    const part = fc.constantFrom(
      'def f(',
      '):\n',
      '    ',
      'with ',
      't.start_span(',
      '"',
      "'''",
      '{',
      '}',
      ')',
      '#',
      '\\',
      '\0',
      '\n',
      'λ',
      '@',
      'A = "a"\n',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part), async (parts) => void (await pythonSites(parts.join('')))),
      { numRuns: 50 },
    );
    await pythonSites('('.repeat(20_000));
  });

  it('reads a large file', async () => {
    const lines = Array.from(
      { length: 2000 },
      (_, index) => `def f${index}():\n    with t.start_as_current_span("a${index}"): pass`,
    );
    assert.equal((await spansIn(...lines)).length, 2000);
  });

  it('tries again what it could not load', async () => {
    let isThere = false;
    const parser = new TreeSitterCallSites((name) => (isThere ? wasmFile(name) : `/nowhere/${name}`));
    await assert.rejects(parser.find('python', ''));
    isThere = true;
    assert.deepEqual(await parser.find('python', ''), noCallSites);
  });
});
