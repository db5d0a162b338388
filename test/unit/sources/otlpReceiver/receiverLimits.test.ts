import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, it } from 'mocha';
import type { OtlpReceiver } from '../../../../src/sources/otlpReceiver/otlpReceiver';
import { waitUntil } from '../../../support/waitUntil';
import { encodeOtlp } from '../../core/otlp/otlpEncoder';
import { jsonSpan, requestOf, startReceiver } from './testReceiver';

const json = { 'content-type': 'application/json' };
const gzip = { 'content-encoding': 'gzip' };
const good = encodeOtlp(requestOf(jsonSpan(0)));
const mebibyte = 1024 * 1024;

describe('OtlpReceiver and too much', function () {
  this.timeout(20_000);
  let started: OtlpReceiver[] = [];
  let sockets: Socket[] = [];
  const start = async (more: Parameters<typeof startReceiver>[0] = {}) => {
    const all = await startReceiver(more);
    started.push(all.receiver);
    return all;
  };
  const open = (port: number, text = '') => {
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    const got = { text: '', isClosed: false, isOpen: false };
    socket.on('connect', () => {
      got.isOpen = true;
    });
    socket.on('data', (data) => {
      got.text += data.toString();
    });
    socket.on('close', () => {
      got.isClosed = true;
    });
    socket.on('error', () => undefined);
    if (text !== '') socket.write(text);
    return got;
  };
  const head = (port: number, length: number) =>
    `POST /v1/traces HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/x-protobuf\r\nContent-Length: ${length}\r\n\r\n`;
  afterEach(() => {
    for (const socket of sockets) socket.destroy();
    for (const receiver of started) receiver.dispose();
    started = [];
    sockets = [];
  });

  it('refuses a body over 16 MB, said before or found out', async () => {
    const { send } = await start();
    assert.equal((await send(Buffer.alloc(16 * mebibyte + 1))).status, 413);
    const chunked = { 'transfer-encoding': 'chunked' };
    assert.equal((await send(Buffer.alloc(16 * mebibyte + 1), { headers: chunked })).status, 413);
    assert.equal((await send(good)).status, 200);
  });

  it('stops inflating a gzip bomb', async () => {
    const { send } = await start();
    const bomb = gzipSync(Buffer.alloc(400 * mebibyte), { level: 1 });
    const before = process.memoryUsage().rss;
    assert.equal((await send(bomb, { headers: gzip })).status, 413);
    const grown = (process.memoryUsage().rss - before) / mebibyte;
    assert.ok(grown < 250, `${Math.round(grown)} MB for ${bomb.length} bytes`);
  });

  it('refuses too many spans and too many parts, in both encodings', async () => {
    const { send } = await start({ limits: { maxSpans: 5, maxFields: 1000, maxJsonTokens: 1000 } });
    const six = requestOf(...Array.from({ length: 6 }, (_, i) => jsonSpan(i)));
    const asJson = (resourceSpans: unknown) => send(JSON.stringify({ resourceSpans }), { headers: json });
    assert.deepEqual([(await send(encodeOtlp(six))).status, (await asJson(six)).status], [413, 413]);
    const attributes = Array.from({ length: 1000 }, (_, i) => ({ key: `${i}`, value: { boolValue: true } }));
    const wide = requestOf(jsonSpan(0, { attributes }));
    assert.deepEqual([(await send(encodeOtlp(wide))).status, (await asJson(wide)).status], [413, 413]);
  });

  it('cuts texts that are too long, and says so to whoever listens', async () => {
    const { send, traces, problems } = await start({ limits: { maxTextLength: 10 } });
    const attributes = [{ key: 'a', value: { stringValue: 'x'.repeat(50) } }];
    assert.equal((await send(encodeOtlp(requestOf(jsonSpan(0, { attributes }))))).body.length, 0);
    assert.equal(traces[0]?.spans[0]?.attributes.get('a'), 'x'.repeat(10));
    assert.deepEqual(
      problems.map(({ what }) => what),
      ['a text was cut'],
    );
  });

  it('tells to come again what it has no room for', async () => {
    const { send, address } = await start({ limits: { maxRequests: 1, maxPendingBytes: 1000 } });
    const crowded = await send(Buffer.alloc(2000));
    assert.deepEqual([crowded.status, crowded.headers['retry-after']], [429, '1']);
    open(address.port, `${head(address.port, 100)}slow`);
    let status = 0;
    await waitUntil('the slow one is being read', async () => {
      status = (await send(good)).status;
      return status === 429;
    });
    sockets[0]?.destroy();
    await waitUntil('its place is free', async () => (await send(good)).status === 200);
  });

  it('ends those that send slowly', async () => {
    const { address, receiver } = await start({ limits: { headersTimeoutMs: 200, requestTimeoutMs: 400 } });
    const slowHead = open(address.port, 'POST /v1/traces HTTP/1.1\r\nHost: ');
    const slowBody = open(address.port, `${head(address.port, 100)}slow`);
    const silent = open(address.port);
    await waitUntil('they are ended', () => slowHead.isClosed && slowBody.isClosed && silent.isClosed);
    assert.match(slowHead.text, /^HTTP\/1\.1 408 /);
    assert.ok((receiver.stats.refused.timeout ?? 0) >= 1);
  });

  it('closes the 65th connection, and takes it when another is gone', async () => {
    const { address, receiver, send } = await start();
    const first = Array.from({ length: 64 }, () => open(address.port));
    await waitUntil('64 are open', () => first.every(({ isOpen }) => isOpen));
    const last = open(address.port);
    await waitUntil('one is closed', () => last.isClosed);
    assert.equal(receiver.stats.refused.connections, 1);
    for (const socket of sockets.slice(0, 10)) socket.destroy();
    await waitUntil('there is room', () =>
      send(good).then(
        ({ status }) => status === 200,
        () => false,
      ),
    );
  });

  it('answers what is no HTTP, and forgets who goes away', async () => {
    const { address, send, errors } = await start();
    const noise = open(address.port, '\u0016\u0003\u0001 TLS?\r\n\r\n');
    await waitUntil('it is told', () => noise.isClosed);
    assert.match(noise.text, /^HTTP\/1\.1 400 /);
    open(address.port, `${head(address.port, 100)}half`);
    sockets.at(-1)?.destroy();
    assert.equal((await send(good)).status, 200);
    assert.deepEqual(errors, []);
  });
});
