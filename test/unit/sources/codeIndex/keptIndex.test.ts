import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type KeptFile, readKeptIndex, writeKeptIndex } from '../../../../src/sources/codeIndex/keptIndex';

const fileOf = (i: number): KeptFile => ({
  ...{ key: `file:///p/${i}.py`, mtimeMs: i + 0.5, size: i },
  sites: { functions: [[`f${i}`, 0, 1, 2]], openings: [[['a', ''], 1, 0]] },
});

describe('the index that is kept', () => {
  let folder = '';
  let file = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'whyspan-index-'));
    file = join(folder, 'deep', 'index.jsonl');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const readAll = async () => {
    const all: KeptFile[] = [];
    for await (const each of readKeptIndex(file)) all.push(each);
    return all;
  };

  it('comes back as it was, also when it is large, and leaves nothing else behind', async () => {
    const files = Array.from({ length: 3000 }, (_, i) => fileOf(i));
    await writeKeptIndex(file, files);
    assert.deepEqual(await readAll(), files);
    await writeKeptIndex(file, [fileOf(7)]);
    assert.deepEqual(await readAll(), [fileOf(7)]);
    assert.deepEqual(await readdir(join(folder, 'deep')), ['index.jsonl']);
  });

  it('is empty when there is none, or one of another format', async () => {
    assert.deepEqual(await readAll(), []);
    await writeKeptIndex(file, [fileOf(1)]);
    await writeFile(file, (await readFile(file, 'utf8')).replace('"format":1', '"format":2'));
    assert.deepEqual(await readAll(), []);
  });

  it('loses only the lines that are broken', async () => {
    await writeKeptIndex(file, [fileOf(1)]);
    const broken = JSON.stringify({ ...fileOf(2), sites: { functions: 5, openings: [] } });
    await appendFile(file, `{"key":\n5\n${broken}\n${JSON.stringify(fileOf(3))}\n{"key":"cut`);
    assert.deepEqual(await readAll(), [fileOf(1), fileOf(3)]);
  });

  it('stays as it was when it cannot be written', async () => {
    await writeKeptIndex(file, [fileOf(1)]);
    function* failing(): Generator<KeptFile> {
      yield fileOf(2);
      throw new Error('no more');
    }
    await assert.rejects(writeKeptIndex(file, failing()), /no more/);
    assert.deepEqual(await readAll(), [fileOf(1)]);
    assert.deepEqual(await readdir(join(folder, 'deep')), ['index.jsonl']);
  });
});
