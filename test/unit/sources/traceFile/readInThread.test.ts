import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { after, before, describe, it } from 'mocha';
import type { SpanBlock } from '../../../../src/core/columns/spanBlock';
import { tracesOf } from '../../../../src/core/columns/tracesOf';
import { isHumanError } from '../../../../src/core/humanError';
import type { FileSource } from '../../../../src/sources/traceFile/plainBytes';
import { readInThread } from '../../../../src/sources/traceFile/readInThread';
import { readTraceFile } from '../../../../src/sources/traceFile/readTraceFile';
import { writeTraceFile } from '../../../../src/sources/traceFile/writeTraceFile';
import { plainTrace } from '../../core/columns/plain';
import { traceOf } from '../../core/spanOf';

const traces = [traceOf([{ id: 1 }, { id: 2, parent: 1, service: 'other' }], 1), traceOf([{ id: 3 }], 2)];

describe('readInThread', function () {
  this.timeout(20_000);
  let folder = '';
  let workerFile = '';
  let path = '';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'whyspan-thread-'));
    workerFile = join(folder, 'worker.cjs');
    path = join(folder, 'a.json');
    await writeTraceFile(path, traces, 'jaeger');
    await build({
      entryPoints: [resolve(__dirname, '../../../../src/sources/traceFile/traceFileWorker.ts')],
      outfile: workerFile,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      logLevel: 'error',
    });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function read(source: FileSource, more: { signal?: AbortSignal; maxBytes?: number } = {}) {
    const blocks: SpanBlock[] = [];
    const shares: number[] = [];
    const contents = await readInThread(
      { source, maxBytes: more.maxBytes },
      {
        workerFile,
        signal: more.signal ?? new AbortController().signal,
        onBlock: (block) => blocks.push(block),
        onProgress: (share) => shares.push(share),
      },
    );
    return { contents, traces: tracesOf(blocks).map(plainTrace), shares };
  }

  it('reads a file, and says how far it is', async () => {
    const result = await read({ kind: 'path', path });
    assert.deepEqual(result.traces, (await readTraceFile(path)).traces.map(plainTrace));
    assert.deepEqual(result.contents, { format: 'jaeger', problems: [], moreProblems: 0 });
    assert.equal(result.shares.at(-1), 1);
  });

  it('reads bytes, gzip’d or not, that are all of their buffer or a part of it', async () => {
    const plain = await readFile(path);
    const zipped = gzipSync(plain);
    for (const bytes of [new Uint8Array(plain), plain.subarray(0), zipped, new Uint8Array(zipped)]) {
      const result = await read({ kind: 'bytes', name: 'a.json', bytes });
      assert.equal(result.traces.length, 2);
    }
  });

  it('fails as reading does, in the same words', async () => {
    const failures: readonly [FileSource, number | undefined, string, RegExp][] = [
      [{ kind: 'path', path: join(folder, 'none.json') }, undefined, 'not-found', /no “none\.json”/],
      [{ kind: 'path', path: folder }, undefined, 'configuration', /cannot be read/],
      [{ kind: 'path', path }, 100, 'too-large', /more than 0 MB/],
      [
        { kind: 'bytes', name: 'cut.gz', bytes: gzipSync('{"data":[]}').subarray(0, 15) },
        undefined,
        'broken-answer',
        /“cut\.gz” begins as a gzip file/,
      ],
    ];
    for (const [source, maxBytes, kind, message] of failures) {
      await assert.rejects(read(source, maxBytes === undefined ? {} : { maxBytes }), (error) => {
        assert.ok(isHumanError(error), String(error));
        assert.deepEqual([error.kind, message.test(error.message)], [kind, true], error.message);
        return true;
      });
    }
  });

  it('ends when nobody waits any more, before and while it reads', async () => {
    await assert.rejects(read({ kind: 'path', path }, { signal: AbortSignal.abort() }), {
      name: 'AbortError',
    });
    const abort = new AbortController();
    const reading = read({ kind: 'path', path }, { signal: abort.signal });
    abort.abort();
    await assert.rejects(reading, { name: 'AbortError' });
  });

  it('ends when what it read is not wanted, with the reason', async () => {
    const signal = new AbortController().signal;
    const onBlock = () => {
      throw new Error('no room');
    };
    const options = { workerFile, signal, onBlock, onProgress: () => undefined };
    await assert.rejects(readInThread({ source: { kind: 'path', path } }, options), /no room/);
  });

  it('tells of a thread that needs more memory than it may have, and goes on living', async () => {
    const hungry = join(folder, 'hungry.cjs');
    await writeFile(hungry, 'const all = []; for (;;) all.push(new Array(1e6).fill({}).map(() => ({})));');
    const options = { workerFile: hungry, signal: new AbortController().signal, maxHeapMegabytes: 64 };
    const listeners = { onBlock: () => undefined, onProgress: () => undefined };
    await assert.rejects(
      readInThread({ source: { kind: 'path', path } }, { ...options, ...listeners }),
      (error) => {
        return isHumanError(error) && error.kind === 'too-large' && /more memory/.test(error.message);
      },
    );
  });

  it('tells of a thread that ends without a word', async () => {
    const silent = join(folder, 'silent.cjs');
    await writeFile(silent, 'process.exit(3)');
    const listeners = { onBlock: () => undefined, onProgress: () => undefined };
    const options = { workerFile: silent, signal: new AbortController().signal, ...listeners };
    await assert.rejects(readInThread({ source: { kind: 'path', path } }, options), /ended with code 3/);
  });
});
