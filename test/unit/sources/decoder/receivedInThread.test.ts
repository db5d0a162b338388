import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { after, afterEach, before, describe, it } from 'mocha';
import { tracesOf } from '../../../../src/core/columns/tracesOf';
import { DecodeThread } from '../../../../src/sources/decoder/decodeThread';
import type { ExportBody, ReceivedDecoder } from '../../../../src/sources/decoder/receivedDecoder';
import { defaultReceiverLimits as limits } from '../../../../src/sources/otlpReceiver/receiverLimits';
import { buildDecodeWorker } from '../../../support/builtDecodeWorker';
import { inlineReceived } from '../../../support/inlineReceived';
import { plainTrace } from '../../core/columns/plain';
import { encodeOtlp } from '../../core/otlp/otlpEncoder';
import { capturedDatagram } from '../jaegerAgent/datagrams';
import { jsonSpan, requestOf, startReceiver } from '../otlpReceiver/testReceiver';

const spans = requestOf(jsonSpan(0), jsonSpan(1, { spanId: 'no' }));
const body = (bytes: Uint8Array, more: Partial<ExportBody> = {}): ExportBody => ({
  ...{ bytes: new Uint8Array(bytes), encoding: 'protobuf', isGzip: false, limits, ...more },
});
const bodies = (): readonly ExportBody[] => [
  body(encodeOtlp(spans)),
  body(gzipSync(encodeOtlp(spans)), { isGzip: true }),
  body(Buffer.from(JSON.stringify({ resourceSpans: spans })), { encoding: 'json' }),
  body(Buffer.alloc(0)),
];
const datagrams = () => {
  const captured = [capturedDatagram('article'), Buffer.from('noise'), capturedDatagram('everything')];
  const ends = captured.map((_, i) => captured.slice(0, i + 1).reduce((sum, { length }) => sum + length, 0));
  return { bytes: new Uint8Array(Buffer.concat(captured)), ends };
};

async function decodeAll(decoder: ReceivedDecoder) {
  const exported = await Promise.all(bodies().map((each) => decoder.decodeExport(each)));
  const heard = await decoder.decodeDatagrams(datagrams());
  return [...exported, heard].map((all) => ({ ...all, blocks: tracesOf(all.blocks).map(plainTrace) }));
}

describe('DecodeThread and what is received', function () {
  this.timeout(20_000);
  let built: Awaited<ReturnType<typeof buildDecodeWorker>>;
  let thread: DecodeThread | undefined;
  const start = (file = built.file) => {
    thread = new DecodeThread(file);
    return thread;
  };
  before(async () => {
    built = await buildDecodeWorker();
  });
  afterEach(() => thread?.dispose());
  after(() => built.dispose());

  it('gives what decoding in this thread gives', async () => {
    const all = await decodeAll(start());
    assert.deepEqual(all, await decodeAll(inlineReceived));
    assert.deepEqual(
      all.map((each) => each.spans),
      [1, 1, 1, 0, 8],
    );
  });

  it('takes the bytes away', async () => {
    const given = body(encodeOtlp(spans));
    await start().decodeExport(given);
    assert.equal(given.bytes.length, 0);
  });

  it('passes on why something is refused, and goes on', async () => {
    const decoder = start();
    const wrong = decoder.decodeExport(body(Buffer.from('<html>')));
    await assert.rejects(wrong, { reason: 'malformed', status: 400 });
    const bomb = gzipSync(Buffer.alloc(limits.maxInflatedBytes + 1));
    await assert.rejects(decoder.decodeExport(body(bomb, { isGzip: true })), { status: 413 });
    assert.equal((await decoder.decodeExport(body(encodeOtlp(spans)))).spans, 1);
  });

  it('has senders come again when the thread dies or is disposed', async () => {
    const dying = `require('node:worker_threads').parentPort.on('message', () => process.exit(3));`;
    const { send, errors, receiver } = await startReceiver({
      decoder: start(built.write('dying.js', dying)),
    });
    for (const _ of [1, 2]) {
      const answer = await send(encodeOtlp(spans));
      assert.deepEqual([answer.status, answer.headers['retry-after']], [503, '1']);
    }
    thread?.dispose();
    assert.equal((await send(encodeOtlp(spans))).status, 503);
    assert.deepEqual([errors, receiver.stats.refused], [[], { unavailable: 3 }]);
    receiver.dispose();
  });

  it('holds a request’s place and bytes until the thread has answered', async () => {
    const silent = `require('node:worker_threads').parentPort.on('message', () => undefined);`;
    const { send, receiver } = await startReceiver({
      decoder: start(built.write('silent.js', silent)),
      limits: { maxRequests: 2 },
    });
    const answers = [0, 1, 2].map(() => send(encodeOtlp(spans)).then(({ status }) => status));
    assert.equal(await Promise.race(answers), 429);
    thread?.dispose();
    assert.deepEqual((await Promise.all(answers)).sort(), [429, 503, 503]);
    receiver.dispose();
  });

  it('reports what is a fault of the decoder itself', async () => {
    const failing = `const { parentPort } = require('node:worker_threads');
      parentPort.on('message', ({ id }) => parentPort.postMessage({ kind: 'failed', id, message: 'a bug' }));`;
    const { send, errors, receiver } = await startReceiver({
      decoder: start(built.write('failing.js', failing)),
    });
    assert.equal((await send(encodeOtlp(spans))).status, 500);
    assert.equal(errors.length, 1);
    receiver.dispose();
  });
});
