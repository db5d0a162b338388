import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import { tracesOf } from '../../../../src/core/columns/tracesOf';
import { DecodeThread } from '../../../../src/sources/decoder/decodeThread';
import { InlineDecoder, type TraceDecoder } from '../../../../src/sources/decoder/traceDecoder';
import { buildDecodeWorker } from '../../../support/builtDecodeWorker';
import { plainTrace } from '../../core/columns/plain';
import { jaegerSampleText } from '../../core/jaegerSample';

const answer = Buffer.from(jaegerSampleText('thrift-traces.api.json'));

async function decode(decoder: TraceDecoder, bytes: Buffer = answer, isOnlyChanged = false) {
  const decoding = decoder.begin({ isOnlyChanged });
  for (let at = 0; at < bytes.length; at += 1000) decoding.push(bytes.subarray(at, at + 1000));
  const { blocks, ...rest } = await decoding.end();
  return { ...rest, traces: tracesOf(blocks).map(plainTrace) };
}

describe('DecodeThread', function () {
  // A thread takes its time on a machine that is busy.
  this.timeout(20_000);

  let built: Awaited<ReturnType<typeof buildDecodeWorker>>;
  let breaking = '';
  let thread: DecodeThread | undefined;
  const start = (file = built.file) => {
    thread = new DecodeThread(file);
    return thread;
  };
  before(async () => {
    built = await buildDecodeWorker();
    const text = `require('node:worker_threads').parentPort.on('message', ({ kind }) => { if (kind === 'end') process.exit(3); });`;
    breaking = built.write('breaking.js', text);
  });
  afterEach(() => thread?.dispose());
  after(() => built.dispose());

  it('gives what decoding in this thread gives', async () => {
    assert.deepEqual(await decode(start().open()), await decode(new InlineDecoder()));
  });

  it('keeps answers apart that are decoded at the same time', async () => {
    const decoder = start().open();
    const nothing = Buffer.from('{"data":[],"total":0}');
    const all = await Promise.all([decode(decoder), decode(decoder, nothing), decode(decoder)]);
    assert.deepEqual(
      all.map(({ count }) => count > 0),
      [true, false, true],
    );
  });

  it('leaves out what did not change, for each Jaeger apart, until it is told to forget', async () => {
    const [one, other] = [start().open(), thread?.open() ?? assert.fail()];
    const first = await decode(one, answer, true);
    const again = await decode(one, answer, true);
    assert.deepEqual([again.unchanged, again.traces], [first.count, []]);
    assert.equal((await decode(one)).unchanged, 0);
    assert.equal((await decode(other, answer, true)).unchanged, 0);
    one.forget();
    assert.equal((await decode(one, answer, true)).unchanged, 0);
  });

  it('leaves the bytes that it is given to the caller', async () => {
    const bytes = Buffer.from(answer);
    await decode(start().open(), bytes);
    assert.deepEqual(bytes, answer);
  });

  it('takes no more bytes of what is no JSON', async () => {
    const decoding = start().open().begin({ isOnlyChanged: false });
    const wrong = Buffer.from('{"data":[{"traceID":oops},');
    let isWanted = true;
    for (const until = Date.now() + 10_000; isWanted && Date.now() < until; await new Promise(setImmediate))
      isWanted = decoding.push(wrong);
    assert.equal(isWanted, false);
    assert.equal((await decoding.end()).isBroken, true);
  });

  it('fails what is being decoded when the thread ends, and goes on with another', async () => {
    const decoder = start(breaking).open();
    await assert.rejects(decode(decoder), /ended with code 3/);
    await assert.rejects(decode(decoder), /ended with code 3/);
  });

  it('fails what is being decoded when it is disposed, and what comes then', async () => {
    const running = start();
    const decoder = running.open();
    const decoding = decoder.begin({ isOnlyChanged: false });
    running.dispose();
    await assert.rejects(decoding.end(), /disposed/);
    await assert.rejects(decoder.begin({ isOnlyChanged: false }).end(), /disposed/);
  });

  it('forgets an answer that is aborted', async () => {
    const decoder = start().open();
    const decoding = decoder.begin({ isOnlyChanged: false });
    decoding.push(answer);
    decoding.abort();
    await assert.rejects(decoding.end(), /Nobody waits/);
    assert.equal(decoding.push(answer), false);
    assert.ok((await decode(decoder)).count > 0);
  });
});
