import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { stackFrames } from '../../../../src/core/mapping/stackFrames';

const read = (...lines: readonly string[]) =>
  stackFrames(lines.join('\n')).map(
    ({ filePath, line, functionName }) => `${filePath}:${line} ${functionName ?? '-'}`,
  );

describe('stackFrames', () => {
  it('reads Python, of which the innermost is the last', () => {
    assert.deepEqual(
      read(
        'Traceback (most recent call last):',
        '  File "/usr/lib/python3.11/site-packages/opentelemetry/trace/__init__.py", line 590, in use_span',
        '    yield span',
        '  File "/app/main.py", line 12, in predict',
        '    features = load(key)',
        '               ^^^^^^^^^',
        '  File "/app/storage.py", line 4, in load',
        '    raise KeyError(key)',
        "KeyError: 'a'",
      ),
      [
        '/app/storage.py:4 load',
        '/app/main.py:12 predict',
        '/usr/lib/python3.11/site-packages/opentelemetry/trace/__init__.py:590 use_span',
      ],
    );
    assert.deepEqual(read('  File "/app/main.py", line 3, in <module>'), ['/app/main.py:3 -']);
  });

  it('reads JavaScript', () => {
    assert.deepEqual(
      read(
        'Error: at home (x)',
        '    at Store.load (/app/dist/storage.js:10:15)',
        '    at async predict (file:///app/main.mjs:4:3)',
        '    at /app/main.ts:7:1',
        '    at new Model (C:\\app\\model.js:2:9)',
        '    at node:internal/process/task_queues:95:5',
        '    at Array.map (<anonymous>)',
      ),
      [
        '/app/dist/storage.js:10 Store.load',
        'file:///app/main.mjs:4 predict',
        '/app/main.ts:7 -',
        'C:\\app\\model.js:2 Model',
        'node:internal/process/task_queues:95 -',
      ],
    );
  });

  it('reads Java, with the folders of the package', () => {
    assert.deepEqual(
      read(
        'java.lang.IllegalStateException: no',
        '\tat com.example.pipeline.Store.load(Store.java:12)',
        '\tat app//com.example.Main.lambda$run$0(Main.java:3)',
        '\tat java.base/java.lang.Thread.run(Thread.java:840)',
        '\tat jdk.internal.Native.invoke(Native Method)',
        'Caused by: java.io.IOException',
        '\t... 3 more',
      ),
      [
        'com/example/pipeline/Store.java:12 com.example.pipeline.Store.load',
        'com/example/Main.java:3 com.example.Main.lambda$run$0',
        'java/lang/Thread.java:840 java.lang.Thread.run',
      ],
    );
  });

  it('reads Go', () => {
    assert.deepEqual(
      read(
        'goroutine 1 [running]:',
        'main.(*Store).Load(0xc000010000, {0x4b, 0x1})',
        '\t/app/storage.go:21 +0x1d',
        'main.main()',
        '\t/app/main.go:8 +0x20',
      ),
      ['/app/storage.go:21 main.(*Store).Load', '/app/main.go:8 main.main'],
    );
  });

  it('reads Rust', () => {
    assert.deepEqual(
      read(
        '   0: rust_begin_unwind',
        '             at /rustc/abc/library/std/src/panicking.rs:647:5',
        '   1: pipeline::storage::load::h0123456789abcdef',
        '             at ./src/storage.rs:14:9',
      ),
      [
        '/rustc/abc/library/std/src/panicking.rs:647 rust_begin_unwind',
        './src/storage.rs:14 pipeline::storage::load',
      ],
    );
  });

  it('reads .NET', () => {
    assert.deepEqual(
      read(
        'System.Exception: no',
        '   at App.Store.Load(String key) in C:\\app\\Store.cs:line 12',
        '   at App.Program.Main() in /app/Program.cs:line 3',
        '   at System.Threading.Thread.Start()',
      ),
      ['C:\\app\\Store.cs:12 App.Store.Load', '/app/Program.cs:3 App.Program.Main'],
    );
  });

  it('reads whatever comes, in a time that is in proportion', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => stackFrames(text).length <= 200),
    );
    const hostile = [
      `    at ${'a '.repeat(50_000)}`,
      `\tat ${'a/'.repeat(50_000)}(`,
      `   at ${'in '.repeat(40_000)}`,
    ];
    for (const line of hostile) assert.deepEqual(stackFrames(line), []);
    assert.equal(stackFrames('    at f (/a.js:1:1)\n'.repeat(5000)).length, 200);
  });
});
