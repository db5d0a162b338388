import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, it } from 'mocha';
import type { OtlpReceiver } from '../../../../src/sources/otlpReceiver/otlpReceiver';
import { encodeOtlp } from '../../core/otlp/otlpEncoder';
import {
  jsonSpan,
  readNumberAndText,
  requestOf,
  type SendOptions,
  sendTo,
  startReceiver,
} from './testReceiver';

const json = { 'content-type': 'application/json; charset=utf-8' };
const good = encodeOtlp(requestOf(jsonSpan(0)));

describe('OtlpReceiver', () => {
  let started: OtlpReceiver[] = [];
  const start = async (more: Parameters<typeof startReceiver>[0] = {}) => {
    const all = await startReceiver(more);
    started.push(all.receiver);
    return all;
  };
  afterEach(() => {
    for (const receiver of started) receiver.dispose();
    started = [];
  });

  it('takes protobuf and JSON, plain and gzip, and answers in kind with nothing', async () => {
    const { send, traces, receiver } = await start();
    const text = JSON.stringify({ resourceSpans: requestOf(jsonSpan(1)) });
    const answers = [
      await send(good),
      await send(gzipSync(good), { headers: { 'content-encoding': 'gzip' } }),
      await send(good, { headers: { 'content-encoding': 'identity' } }),
      await send(text, { headers: json }),
      await send(gzipSync(text), { headers: { ...json, 'content-encoding': 'gzip' } }),
      await send(''),
    ];
    assert.deepEqual(
      answers.map(({ status, headers, body }) => [status, headers['content-type'], body.toString()]),
      [
        ...[0, 1, 2].map(() => [200, 'application/x-protobuf', '']),
        ...[3, 4].map(() => [200, 'application/json', '{}']),
        [200, 'application/x-protobuf', ''],
      ],
    );
    assert.equal(traces.length, 5);
    assert.deepEqual(receiver.stats, { requests: 6, spans: 5, rejectedSpans: 0, refused: {} });
    for (const { headers } of answers)
      assert.deepEqual(
        Object.keys(headers).filter((name) => name.startsWith('access-control')),
        [],
      );
  });

  it('says how many spans it could not read', async () => {
    const { send, traces, receiver } = await start();
    const spans = requestOf(jsonSpan(0), jsonSpan(1, { spanId: '00'.repeat(8) }), { name: 'nothing' });
    const answer = await send(encodeOtlp(spans));
    const partial = readNumberAndText(answer.body.subarray(2));
    assert.deepEqual([answer.status, partial.number], [200, 2]);
    assert.match(partial.text, /2 spans could not be read: a span has no trace id/);
    const text = JSON.stringify({ resourceSpans: spans });
    const inJson = JSON.parse((await send(text, { headers: json })).body.toString());
    assert.equal(inJson.partialSuccess.rejectedSpans, '2');
    assert.deepEqual([traces.length, receiver.stats.spans, receiver.stats.rejectedSpans], [2, 2, 4]);
  });

  const refusals: readonly [what: string, status: number, body: Uint8Array | string, options: SendOptions][] =
    [
      ['another path', 404, good, { path: '/v1/metrics' }],
      ['a GET', 405, '', { method: 'GET' }],
      ['an OPTIONS', 405, '', { method: 'OPTIONS' }],
      ['text', 415, good, { headers: { 'content-type': 'text/plain' } }],
      ['no type', 415, good, { headers: { 'content-type': '' } }],
      ['deflate', 415, good, { headers: { 'content-encoding': 'deflate' } }],
      ['bytes that are no protobuf', 400, '<html>', {}],
      ['a cut message', 400, good.subarray(0, good.length - 4), {}],
      ['text that is no JSON', 400, '{', { headers: json }],
      ['JSON that is no object', 400, '[]', { headers: json }],
      ['bytes that are no gzip', 400, good, { headers: { 'content-encoding': 'gzip' } }],
      ['gzip that is cut', 400, gzipSync(good).subarray(0, 30), { headers: { 'content-encoding': 'gzip' } }],
      ['an Origin', 403, good, { headers: { origin: 'http://127.0.0.1' } }],
      ['the Origin null', 403, good, { headers: { origin: 'null' } }],
      ['a Host that was rebound', 403, good, { headers: { host: 'evil.example:4318' } }],
      ['a Host without a port', 403, good, { headers: { host: 'localhost' } }],
      ['a Host with another port', 403, good, { headers: { host: 'localhost:1' } }],
      [
        'an identity for a web page',
        403,
        '',
        { method: 'GET', path: '/whyspan', headers: { origin: 'null' } },
      ],
    ];
  for (const [what, status, body, options] of refusals) {
    it(`answers ${status} to ${what}`, async () => {
      const { send, traces, errors, receiver } = await start();
      const answer = await send(body, options);
      assert.equal(answer.status, status, answer.body.toString());
      const isJson = answer.headers['content-type'] === 'application/json';
      const said = isJson ? JSON.parse(answer.body.toString()).message : readNumberAndText(answer.body).text;
      assert.match(said, /^[A-Z].*\.$/);
      assert.deepEqual([traces.length, errors.length], [0, 0]);
      assert.equal(
        Object.values(receiver.stats.refused).reduce((sum, count) => sum + count, 0),
        1,
      );
      assert.equal((await send(good)).status, 200, 'goes on');
    });
  }

  it('takes loopback by each of its names', async () => {
    const { send, address } = await start();
    for (const name of ['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]'])
      assert.equal((await send(good, { headers: { host: `${name}:${address.port}` } })).status, 200, name);
  });

  it('is open to others only with the token, whatever the Host', async () => {
    const { send } = await start({ bind: { address: '127.0.0.1', token: 'secret' } });
    const withToken = (token: string) => ({
      headers: { 'x-whyspan-token': token, host: 'host.docker.internal' },
    });
    assert.equal((await send(good)).status, 401);
    assert.equal((await send(good, withToken('secre'))).status, 401);
    assert.equal((await send(good, withToken('secret'))).status, 200);
    const fromPage = { headers: { ...withToken('secret').headers, origin: 'http://a' } };
    assert.equal((await send(good, fromPage)).status, 403);
    await assert.rejects(startReceiver({ bind: { address: '127.0.0.1', token: ' ' } }), /token/);
  });

  it('says that it is a window, and takes a free port where another window or program is', async () => {
    const first = await start();
    const answer = await first.send('', { method: 'GET', path: '/whyspan' });
    assert.deepEqual(JSON.parse(answer.body.toString()), { whyspan: 1, window: 'test-window' });
    const second = await start({ port: first.address.port, windowId: 'second' });
    assert.deepEqual([second.address.holder, second.address.holderWindow], ['whyspan', 'test-window']);
    assert.notEqual(second.address.port, first.address.port);
    assert.equal((await sendTo(second.address.port, good)).status, 200);
    const { createServer } = await import('node:http');
    const other = createServer((_, response) => response.end('{}'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const taken = other.address();
    assert.ok(typeof taken === 'object' && taken);
    const third = await start({ port: taken.port });
    assert.deepEqual([third.address.holder, third.address.isWantedPort], ['other', false]);
    other.close();
  });

  it('outlives a listener that throws', async () => {
    const { send, errors } = await start({
      onBlocks: () => {
        throw new Error('a bug');
      },
    });
    const failing = await start({
      onBlocks: () => {
        throw new Error('a bug');
      },
    });
    assert.equal((await failing.send(good)).status, 500);
    assert.equal((await send(good)).status, 500);
    assert.equal(errors.length, 1);
  });
});
