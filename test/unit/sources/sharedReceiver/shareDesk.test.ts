import assert from 'node:assert/strict';
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, it } from 'mocha';
import type { Disposable } from '../../../../src/core/event';
import type { AcceptedBody } from '../../../../src/sources/otlpReceiver/acceptedBody';
import { ShareDesk, type ShareDeskOptions } from '../../../../src/sources/sharedReceiver/shareDesk';
import { askForProof, followShare } from '../../../../src/sources/sharedReceiver/shareFollower';
import { newNonce } from '../../../../src/sources/sharedReceiver/shareProof';
import { waitUntil } from '../../../support/waitUntil';
import { encodeOtlp } from '../../core/otlp/otlpEncoder';
import { jsonSpan, requestOf, startReceiver } from '../otlpReceiver/testReceiver';

const secret = Buffer.alloc(32, 1);
const good = encodeOtlp(requestOf(jsonSpan(0)));
const path = '/whyspan/share';

describe('sharing what is received', () => {
  const open: Disposable[] = [];
  const keep = <T extends Disposable>(item: T) => {
    open.push(item);
    return item;
  };
  afterEach(() => {
    for (const item of open.splice(0).reverse()) item.dispose();
  });

  /** A receiver that shares, as a window has it. */
  async function startHolder(more: Partial<ShareDeskOptions> = {}) {
    const desk = keep(new ShareDesk({ readSecret: () => Promise.resolve(secret), ...more }));
    const all = await startReceiver({ desk, onAccepted: (body) => desk.pass(body) });
    keep(all.receiver);
    return { ...all, desk, port: all.address.port };
  }

  async function follow(port: number, onBody?: (body: AcceptedBody) => Promise<void>) {
    const bodies: AcceptedBody[] = [];
    let ends = 0;
    const following = await followShare({
      ...{ port, secret },
      onBody: onBody ?? (async (body) => void bodies.push(body)),
      onEnd: () => ends++,
    });
    if (following) keep(following);
    return { following, bodies, ends: () => ends };
  }

  it('gives a window what comes, as it came, to be decoded again', async () => {
    const holder = await startHolder();
    const own = await startReceiver();
    keep(own.receiver);
    const { following } = await follow(holder.port, (body) => own.receiver.takePassedOn(body));
    assert.ok(following);
    const json = JSON.stringify({ resourceSpans: requestOf(jsonSpan(3)) });
    await holder.send(good);
    await holder.send(gzipSync(good), { headers: { 'content-encoding': 'gzip' } });
    await holder.send(json, { headers: { 'content-type': 'application/json' } });
    await holder.send(gzipSync(json), {
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    });
    await waitUntil('all four', () => own.traces.length === 4);
    assert.deepEqual(own.traces, holder.traces);
    assert.deepEqual(holder.desk.stats, { followers: 1, passed: 4, dropped: 0 });
    assert.deepEqual(own.receiver.stats, { requests: 4, spans: 4, rejectedSpans: 0, refused: {} });
  });

  it('gives nothing of what it refused', async () => {
    const holder = await startHolder();
    const { bodies } = await follow(holder.port);
    assert.equal((await holder.send('<html>')).status, 400);
    await holder.send(good);
    await waitUntil('the good one', () => bodies.length > 0);
    assert.deepEqual(
      bodies.map(({ form, bytes }) => [form, bytes.equals(Buffer.from(good))]),
      [['protobuf', true]],
    );
  });

  it('counts what another window gives and cannot be read', async () => {
    const own = await startReceiver();
    keep(own.receiver);
    await own.receiver.takePassedOn({ form: 'protobuf+gzip', bytes: Buffer.from('no gzip') });
    assert.deepEqual([own.receiver.stats.refused, own.errors], [{ malformed: 1 }, []]);
  });

  it('serves several windows, and tells who is there', async () => {
    const counts: number[] = [];
    const holder = await startHolder({ onDidChangeFollowers: (count) => counts.push(count) });
    const [first, second] = [await follow(holder.port), await follow(holder.port)];
    await holder.send(good);
    await waitUntil('both', () => first.bodies.length + second.bodies.length === 2);
    first.following?.dispose();
    await waitUntil('one is gone', () => holder.desk.stats.followers === 1);
    assert.deepEqual([counts, first.ends()], [[1, 2, 1], 0]);
  });

  it('ends for the others when its window does', async () => {
    const holder = await startHolder();
    const { ends } = await follow(holder.port);
    holder.desk.dispose();
    await waitUntil('the end', () => ends() === 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(ends(), 1);
  });

  it('drops what a window is too slow for, counts it, and answers its sender all the same', async () => {
    let dropped = 0;
    const holder = await startHolder({ maxWaitingBytes: 200_000, onDropped: () => dropped++ });
    let isGoing: () => void = () => undefined;
    const going = new Promise<void>((resolve) => {
      isGoing = resolve;
    });
    let taken = 0;
    await follow(holder.port, async () => {
      await going;
      taken++;
    });
    const large = encodeOtlp(requestOf(jsonSpan(0, { name: 'x'.repeat(200_000) })));
    for (let count = 0; count < 60; count++) assert.equal((await holder.send(large)).status, 200);
    const { stats } = holder.desk;
    assert.ok(stats.dropped > 0, JSON.stringify(stats));
    assert.deepEqual([stats.passed + stats.dropped, stats.dropped], [60, dropped]);
    isGoing();
    await waitUntil('the rest', () => taken === stats.passed);
  });

  it('does not follow who does not know the secret, and tells it nothing to prove itself with', async () => {
    const asked: IncomingMessage[] = [];
    const stranger = createServer((request, response) => {
      asked.push(request);
      response.end(JSON.stringify({ nonce: newNonce(), proof: 'ab'.repeat(32) }));
    });
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    keep({ dispose: () => void stranger.close() });
    const address = stranger.address();
    const port = typeof address === 'object' && address ? address.port : assert.fail();
    assert.equal((await follow(port)).following, undefined);
    assert.deepEqual(
      asked.map(({ method, headers }) => [method, headers['x-whyspan-proof']]),
      [['GET', undefined]],
    );
  });

  it('is not fooled by a program that passes on to a window what it is asked', async () => {
    const holder = await startHolder();
    const middle = createServer((request, response) => {
      const { method, headers } = request;
      const forwarded = { ...headers, host: `127.0.0.1:${holder.port}` };
      const onward = httpRequest({ port: holder.port, path, method, headers: forwarded }, (answer) => {
        response.writeHead(answer.statusCode ?? 0, answer.headers);
        answer.pipe(response);
      });
      request.pipe(onward);
    });
    await new Promise<void>((resolve) => middle.listen(0, '127.0.0.1', resolve));
    keep({ dispose: () => void middle.close() });
    const address = middle.address();
    const port = typeof address === 'object' && address ? address.port : assert.fail();
    assert.equal(await askForProof(port, secret), undefined);
    assert.ok(await askForProof(holder.port, secret));
  });

  it('gives nothing to who does not know the secret, or comes a second time with the same proof', async () => {
    const holder = await startHolder();
    assert.equal((await follow(holder.port)).following !== undefined, true);
    const wrong = await followShare({
      ...{ port: holder.port, secret: Buffer.alloc(32, 2) },
      onBody: async () => assert.fail('a stranger is given something'),
      onEnd: () => undefined,
    });
    assert.equal(wrong, undefined);
    for (const headers of [
      { 'x-whyspan-nonce': newNonce(), 'x-whyspan-proof': 'ab'.repeat(32) },
      { 'x-whyspan-nonce': newNonce() },
    ])
      assert.equal((await holder.send('', { path, headers })).status, 401);
    const begun = await holder.send('', { path, method: 'GET', headers: { 'x-whyspan-nonce': newNonce() } });
    const { nonce } = JSON.parse(begun.body.toString());
    for (let attempt = 0; attempt < 2; attempt++) {
      const headers = { 'x-whyspan-nonce': nonce, 'x-whyspan-proof': 'cd'.repeat(32) };
      assert.equal((await holder.send('', { path, headers })).status, 401);
    }
    assert.equal(holder.desk.stats.followers, 1);
  });

  it('is not for web pages', async () => {
    const holder = await startHolder();
    const nonce = { 'x-whyspan-nonce': newNonce() };
    // What an <img> can send: no Origin, and no header of its own.
    assert.equal((await holder.send('', { path, method: 'GET' })).status, 403);
    for (const more of [{ origin: 'null' }, { host: 'evil.example:4318' }])
      assert.equal(
        (await holder.send('', { path, method: 'GET', headers: { ...nonce, ...more } })).status,
        403,
      );
    assert.equal((await holder.send('', { path, method: 'DELETE', headers: nonce })).status, 405);
    const closed = await startReceiver();
    keep(closed.receiver);
    assert.equal((await closed.send('', { path, method: 'GET', headers: nonce })).status, 404);
  });

  it('has room for eight windows, and forgets attempts that were only begun', async () => {
    const holder = await startHolder();
    for (let count = 0; count < 100; count++) await askForProof(holder.port, secret);
    const all = [];
    for (let count = 0; count < 9; count++) all.push((await follow(holder.port)).following);
    assert.deepEqual(
      all.map((following) => following !== undefined),
      [...Array(8).fill(true), false],
    );
  });

  it('survives a window that breaks off in the middle', async () => {
    const holder = await startHolder();
    const socket = connect(holder.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(`POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${holder.port}\r\nx-whyspan-nonce: ab`);
    socket.destroy();
    const { bodies } = await follow(holder.port);
    await holder.send(good);
    await waitUntil('the body', () => bodies.length === 1);
  });
});
