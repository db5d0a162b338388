import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import { SourceParser } from '../../../../src/sources/parser/sourceParser';

/** A thread that does what the text says, and tells in a function's name what it was asked. */
const worker = `
import { parentPort, workerData } from 'node:worker_threads';
parentPort.on('message', ({ id, language, text }) => {
  if (text === 'exit') process.exit(3);
  if (text === 'throw') throw new Error('broken');
  if (text === 'fail') return parentPort.postMessage({ id, error: 'no grammar' });
  if (text === 'silent') return;
  const name = [workerData, language, text].join(' ');
  parentPort.postMessage({ id, answer: { callSites: { functions: [{ name, line: 1, endLine: 1 }], spanOpenings: [], attributeWrites: [] } } });
});`;

describe('SourceParser', function () {
  // Threads, grammars and sockets take their time on a machine that is busy.
  this.timeout(20_000);

  let folder = '';
  let parser: SourceParser | undefined;
  const start = () => {
    parser = new SourceParser({ workerFile: join(folder, 'worker.mjs'), wasmFolder: 'wasm' });
    return async (text: string) => (await (parser ?? assert.fail()).find('python', text)).functions[0]?.name;
  };
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'whyspan-parser-'));
    writeFileSync(join(folder, 'worker.mjs'), worker);
  });
  afterEach(() => parser?.dispose());
  after(() => rmSync(folder, { recursive: true }));

  it('gives each question its own answer', async () => {
    const find = start();
    assert.deepEqual(await Promise.all([find('a'), find('b')]), ['wasm python a', 'wasm python b']);
  });

  it('rejects what the parser could not do, and goes on', async () => {
    const find = start();
    await assert.rejects(find('fail'), /no grammar/);
    assert.equal(await find('a'), 'wasm python a');
  });

  it('rejects all that waits when its thread dies, and starts another', async () => {
    const find = start();
    for (const [text, message] of [
      ['exit', /ended with code 3/],
      ['throw', /broken/],
    ] as const) {
      const waiting = find('silent');
      await Promise.all([assert.rejects(find(text), message), assert.rejects(waiting, message)]);
      assert.equal(await find('a'), 'wasm python a');
    }
  });

  it('rejects what waits and what comes when it is disposed', async () => {
    const find = start();
    const waiting = assert.rejects(find('silent'), /disposed/);
    parser?.dispose();
    await waiting;
    await assert.rejects(find('a'), /disposed/);
  });
});
