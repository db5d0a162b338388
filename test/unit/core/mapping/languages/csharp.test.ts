import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { sitesOf, spansOf, writesOf } from '../../../sources/parser/sitesOf';

describe('in C#', function () {
  this.timeout(20_000);

  it('activities are spans, called as their methods unless they are given a name', async () => {
    const lines = [
      'class Model {',
      '  const string Name = "constant";',
      '  async Task Predict(int id) {',
      '    using var a = Source.StartActivity("a", ActivityKind.Client);',
      '    using (var b = source.StartActivity(Name)) {}',
      '    source.StartActivity($"load {id} now");',
      '    source.StartActivity(kind: ActivityKind.Client, name: "keyword");',
      '    source?.StartActivity("maybe");',
      '    tracer.StartActiveSpan("shim");',
      '    source.StartActivity(@"verbatim");',
      '    source.StartActivity();',
      '  }',
      '}',
    ];
    assert.deepEqual(await spansOf('csharp', lines), [
      'a@4 in Predict',
      'constant@5 in Predict',
      'load … now@6 in Predict',
      'keyword@7 in Predict',
      'maybe@8 in Predict',
      'shim@9 in Predict',
      'verbatim@10 in Predict',
      'Predict@11 in Predict',
    ]);
    const { functions } = await sitesOf('csharp', lines);
    assert.deepEqual(
      functions.map(({ container, name }) => [container, name]),
      [['Model', 'Predict']],
    );
  });

  it('tags are attributes', async () => {
    const lines = [
      'class A {',
      '  void F() {',
      '    activity?.SetTag("a", 1);',
      '    activity.SetTag("b", 1).AddTag("c", 2);',
      '    span.SetAttribute("d", 1);',
      '    other.Set("no", 1);',
      '  }',
      '}',
    ];
    assert.deepEqual(await writesOf('csharp', lines), [
      'a@3-3 in F',
      'b@4-4 in F',
      'c@4-4 in F',
      'd@5-5 in F',
    ]);
  });

  it('nothing in comments and strings counts, nor what is not written out', async () => {
    const lines = [
      'class A {',
      '  // source.StartActivity("a");',
      '  string s = "source.StartActivity(\\"b\\")";',
      '  void F(string name) { source.StartActivity(name); StartActivity("c"); }',
      '}',
    ];
    assert.deepEqual(await spansOf('csharp', lines), []);
  });
});
