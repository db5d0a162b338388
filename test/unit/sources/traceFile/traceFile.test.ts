import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { after, before, describe, it } from 'mocha';
import type { FailureKind } from '../../../../src/core/humanError';
import { isHumanError } from '../../../../src/core/humanError';
import { readTraceFile } from '../../../../src/sources/traceFile/readTraceFile';
import { writeTraceFile } from '../../../../src/sources/traceFile/writeTraceFile';
import { traceOf } from '../../core/spanOf';

const traces = [traceOf([{ id: 1 }, { id: 2, parent: 1, service: 'other' }], 1), traceOf([{ id: 3 }], 2)];

describe('trace files', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'whyspan-file-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const fails = (kind: FailureKind) => (error: unknown) => isHumanError(error) && error.kind === kind;

  it('are read as they were written, gzip’d or not, in both formats', async () => {
    for (const format of ['jaeger', 'otlp'] as const) {
      for (const name of ['a.json', 'a.json.gz']) {
        const path = join(folder, name);
        await writeTraceFile(path, traces, format);
        const result = await readTraceFile(path);
        assert.equal(result.format, format);
        assert.deepEqual(
          result.traces.map(({ traceId, spans }) => [traceId, spans.map((span) => span.spanId)]),
          traces.map(({ traceId, spans }) => [traceId, spans.map((span) => span.spanId)]),
        );
      }
    }
    assert.equal((await readFile(join(folder, 'a.json.gz'))).readUInt16BE(), 0x1f8b);
    assert.deepEqual((await readdir(folder)).sort(), ['a.json', 'a.json.gz']);
  });

  it('are known as gzip by their beginning, not their name', async () => {
    const path = join(folder, 'plain.json');
    await writeFile(path, gzipSync('{"data":[]}'));
    assert.deepEqual((await readTraceFile(path)).problems, []);
    await writeFile(path, gzipSync('{"data":[]}').subarray(0, 15));
    await assert.rejects(readTraceFile(path), fails('broken-answer'));
  });

  it('have a cap after decompression', async () => {
    const path = join(folder, 'bomb.json');
    await writeFile(path, gzipSync(Buffer.alloc(8 * 1024 ** 2, ' ')));
    await assert.rejects(readTraceFile(path, { maxBytes: 1024 ** 2 }), fails('too-large'));
  });

  it('that are not there, or are folders, are failures with a name', async () => {
    await assert.rejects(readTraceFile(join(folder, 'none.json')), fails('not-found'));
    await assert.rejects(readTraceFile(folder), fails('configuration'));
    await assert.rejects(
      writeTraceFile(join(folder, 'no', 'folder.json'), traces, 'otlp'),
      fails('not-found'),
    );
  });

  it('are read no further when cancelled', async () => {
    const path = join(folder, 'long.json');
    await writeTraceFile(path, traces, 'jaeger');
    await assert.rejects(readTraceFile(path, { signal: AbortSignal.abort() }), { name: 'AbortError' });
  });

  it('stay as they were when the writing fails', async () => {
    const path = join(folder, 'kept.json');
    await writeFile(path, 'old');
    const failing = {
      *[Symbol.iterator]() {
        yield* traces;
        throw new Error('no more');
      },
    };
    await assert.rejects(writeTraceFile(path, failing, 'jaeger'), /no more/);
    assert.equal(await readFile(path, 'utf8'), 'old');
    assert.ok((await readdir(folder)).every((name) => !name.endsWith('.part')));
  });
});
