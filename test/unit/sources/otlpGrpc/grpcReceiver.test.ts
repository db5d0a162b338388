import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, describe, it } from 'mocha';
import { PbfReader } from 'pbf';
import { waitUntil } from '../../../support/waitUntil';
import { encodeOtlp } from '../../core/otlp/otlpEncoder';
import { jsonSpan, readNumberAndText, requestOf } from '../otlpReceiver/testReceiver';
import { startGrpc } from './testGrpc';

const good = encodeOtlp(requestOf(jsonSpan(0)));
const status = { ok: 0, invalid: 3, deadline: 4, denied: 7, exhausted: 8, unimplemented: 12, internal: 13 };

describe('GrpcReceiver', function () {
  this.timeout(20_000);
  let receivers: { dispose(): void }[] = [];
  const start = async (more: Parameters<typeof startGrpc>[0] = {}) => {
    const all = await startGrpc(more);
    receivers.push(all.receiver);
    return all;
  };
  afterEach(() => {
    for (const receiver of receivers) receiver.dispose();
    receivers = [];
  });

  it('takes spans, plain and in gzip, and answers that nothing was rejected', async () => {
    const { send, traces, receiver, errors } = await start();
    assert.deepEqual(await send(good), {
      ...{ status: status.ok, message: 'OK', details: undefined },
      body: Buffer.alloc(0),
    });
    const zipped = await send(gzipSync(good), { flag: 1, headers: { 'grpc-encoding': 'gzip' } });
    assert.equal(zipped.status, status.ok);
    assert.deepEqual([traces.length, receiver.stats.spans, errors], [2, 2, []]);
    assert.equal(traces[0]?.spans[0]?.name, 'op');
  });

  it('says how many spans could not be read', async () => {
    const { send, problems } = await start();
    const { status: code, body } = await send(
      encodeOtlp(requestOf(jsonSpan(0), jsonSpan(1, { traceId: 'ab' }))),
    );
    assert.equal(code, status.ok);
    const partial = new PbfReader(body).readFields(
      (_, result: { bytes: Uint8Array }, reader) => {
        result.bytes = reader.readBytes();
      },
      { bytes: new Uint8Array() },
    ).bytes;
    const { number, text } = readNumberAndText(partial);
    assert.equal(number, 1);
    assert.match(text, /1 spans could not be read/);
    assert.equal(problems.length, 1);
  });

  it('refuses what is no such message, for good', async () => {
    const { send, traces, receiver } = await start();
    const refused = await send(Buffer.from([0x0a, 0xff, 0xff]));
    assert.deepEqual([refused.status, refused.details], [status.invalid, undefined]);
    assert.deepEqual([traces, receiver.stats.refused], [[], { malformed: 1 }]);
  });

  it('refuses what is larger than its limit, also when it is only so after decompression', async () => {
    const { send, traces } = await start({ limits: { maxBodyBytes: 64 * 1024 } });
    const large = Buffer.alloc(64 * 1024 + 1);
    assert.equal((await send(large)).status, status.exhausted);
    assert.equal((await send(Buffer.alloc(0), { length: 0xffff_ffff })).status, status.exhausted);
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const headers = { 'grpc-encoding': 'gzip' };
    assert.ok(bomb.length < 64 * 1024);
    assert.equal((await send(bomb, { flag: 1, headers })).status, status.exhausted);
    assert.deepEqual(traces, []);
    assert.equal((await send(good)).status, status.ok);
  });

  it('refuses more spans than its limit', async () => {
    const { send, traces } = await start({ limits: { maxSpans: 1 } });
    assert.equal((await send(encodeOtlp(requestOf(jsonSpan(0), jsonSpan(1))))).status, status.exhausted);
    assert.deepEqual(traces, []);
  });

  it('refuses a compression that it does not know, and gzip that is none', async () => {
    const { send } = await start();
    const snappy = await send(good, { flag: 1, headers: { 'grpc-encoding': 'snappy' } });
    assert.equal(snappy.status, status.unimplemented);
    const broken = await send(good, { flag: 1, headers: { 'grpc-encoding': 'gzip' } });
    assert.equal(broken.status, status.internal);
  });

  it('takes traces only', async () => {
    const { send } = await start();
    const path = '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export';
    assert.equal((await send(good, { path })).status, status.unimplemented);
  });

  it('refuses what is for another host or comes from a web page', async () => {
    const { send, traces, port } = await start();
    for (const authority of ['evil.example', `evil.example:${port}`, '127.0.0.1', `127.0.0.1:${port + 1}`])
      assert.equal((await send(good, { headers: { ':authority': authority } })).status, status.denied);
    assert.equal((await send(good, { headers: { origin: 'https://evil.example' } })).status, status.denied);
    assert.deepEqual(traces, []);
    assert.equal((await send(good, { headers: { ':authority': `LOCALHOST:${port}` } })).status, status.ok);
  });

  it('has a sender come again when there are too many requests at once, and forgets those that are over', async () => {
    const { send, receiver } = await start({ limits: { maxRequests: 1, requestTimeoutMs: 400 } });
    const waiting = send(Buffer.alloc(0), { length: 100, isOpen: true });
    const refused = await waitUntil('the refusal', async () => {
      const result = await send(good);
      return result.status === status.exhausted && result;
    });
    // google.rpc.RetryInfo, without which RESOURCE_EXHAUSTED is final.
    assert.ok(refused.details);
    assert.ok(refused.details.includes('google.rpc.RetryInfo'));
    assert.deepEqual(readNumberAndText(refused.details), {
      number: status.exhausted,
      text: 'Too many requests at once: try again.',
    });
    assert.equal((await waiting).status, status.deadline);
    assert.equal((await send(good)).status, status.ok);
    assert.equal(receiver.stats.refused.timeout, 1);
  });

  it('closes connections beyond its limit, and those that are silent', async () => {
    const { send, port, receiver } = await start({ limits: { maxConnections: 1, idleTimeoutMs: 300 } });
    const silent = connect(port, '127.0.0.1');
    const closed = new Promise<void>((resolve) => silent.once('close', () => resolve()));
    silent.on('error', () => undefined);
    silent.resume();
    await new Promise<void>((resolve) => silent.once('connect', () => resolve()));
    assert.equal((await send(good)).status, undefined);
    assert.ok((receiver.stats.refused.connections ?? 0) > 0);
    await closed;
    assert.equal((await send(good)).status, status.ok);
  });

  it('takes no other port when another program has its own', async () => {
    const { port } = await start();
    const second = await startGrpc({ port });
    assert.equal(second.port, 0);
    second.receiver.dispose();
  });

  it('gives its port back and takes nothing any more when it is disposed', async () => {
    const { send, receiver, port, traces } = await start();
    const waiting = send(good, { isOpen: true });
    await send(good);
    receiver.dispose();
    await waiting;
    assert.equal(traces.length, 1);
    assert.equal((await send(good)).status, undefined);
    const next = await start({ port });
    assert.equal(next.port, port);
  });

  it('is not started when it was disposed before', async () => {
    const { receiver } = await start();
    receiver.dispose();
    await assert.rejects(receiver.start());
  });

  it('tells of what its taker throws, and says that it was not taken', async () => {
    const { send, errors, receiver } = await start({
      onBlocks: () => {
        throw new Error('full');
      },
    });
    const { status: code, message } = await send(good);
    assert.deepEqual([code, message.includes('full')], [status.internal, false]);
    assert.deepEqual([errors.length, receiver.stats.refused], [1, { internal: 1 }]);
  });

  it('survives whatever is sent, and goes on', async () => {
    const { send, port, errors } = await start();
    const flags = fc.constantFrom(0, 1, 2, 255);
    const encodings = fc.constantFrom('gzip', 'deflate', 'identity', 'br', '');
    const lengths = fc.option(fc.nat(2 ** 32 - 1), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        flags,
        encodings,
        lengths,
        async (sent, flag, encoding, length) => {
          const framed = {
            flag,
            headers: { 'grpc-encoding': encoding },
            ...(length === undefined ? {} : { length }),
          };
          const { status: code } = await send(sent, framed);
          // A message that says it is longer than it is never comes: such a call is cancelled without a status.
          assert.ok(code === undefined || (code >= 0 && code <= 16));
          await send(sent, { raw: sent });
        },
      ),
      { numRuns: 150 },
    );
    for (const text of [
      'GET / HTTP/1.1\r\n\r\n',
      '\u0000'.repeat(100),
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u00ff\u00ff\u00ff',
    ]) {
      const socket = connect(port, '127.0.0.1', () => socket.end(text, 'latin1'));
      socket.on('error', () => undefined);
      socket.resume();
      await new Promise<void>((resolve) => socket.once('close', () => resolve()));
    }
    assert.equal((await send(good)).status, status.ok);
    assert.deepEqual(errors, []);
  });
});
