import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, beforeEach, describe, it } from 'mocha';
import type { SpanBlock } from '../../../src/core/columns/spanBlock';
import { tracesOf } from '../../../src/core/columns/tracesOf';
import { Emitter } from '../../../src/core/event';
import { TraceStore } from '../../../src/core/store/traceStore';
import { BackendSession } from '../../../src/platform/backendSession';
import { EmbeddedSession } from '../../../src/platform/embeddedSession';
import { parseSettings } from '../../../src/platform/parseSettings';
import type { Settings } from '../../../src/platform/settings';
import { SourceSession } from '../../../src/platform/sourceSession';
import { inlineReceived } from '../../support/inlineReceived';

const settingsOf = (written: Readonly<Record<string, unknown>>) =>
  parseSettings((key) => written[key]).settings;
const nowMs = () => Date.now();
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined };

const sharedFolder = mkdtempSync(join(tmpdir(), 'whyspan-shared-'));
after(() => rmSync(sharedFolder, { recursive: true }));

/** All three sessions with settings that can change; nothing is started. */
function backendOf(written: Readonly<Record<string, unknown>>, isTrusted = true) {
  const warnings: string[] = [];
  const log = { ...quiet, warn: (message: string) => void warnings.push(message) };
  const onDidChange = new Emitter<Settings>();
  const settings = { current: settingsOf(written), onDidChange: onDidChange.event };
  const { inference, store: limits } = settings.current;
  const store = new TraceStore({ definition: inference, limits });
  const reports: unknown[] = [];
  const report = (error: unknown) => reports.push(error);
  const readSecret = () => Promise.resolve(undefined);
  const token = { current: 'a-token' };
  const onDidRenewToken = new Emitter<void>();
  const jaeger = new SourceSession({ settings, store, nowMs, log: quiet, report, readSecret });
  const received: string[] = [];
  const onReceived = (blocks: readonly SpanBlock[]) =>
    received.push(...tracesOf(blocks).map(({ traceId }) => traceId));
  const embedded = new EmbeddedSession({
    ...{ store, nowMs, report, log, windowId: 'test', decodeThread: inlineReceived },
    settings: () => settings.current.receiver,
    readToken: () => Promise.resolve(token.current),
    ...{ sharedFolder, onReceived },
  });
  const session = new BackendSession({
    jaeger,
    embedded,
    store,
    settings,
    report,
    isTrusted: () => isTrusted,
    onDidRenewToken: onDidRenewToken.event,
  });
  return {
    session,
    store,
    reports,
    warnings,
    received,
    change(now: Readonly<Record<string, unknown>>) {
      settings.current = settingsOf(now);
      onDidChange.fire(settings.current);
    },
    renew(now: string) {
      token.current = now;
      onDidRenewToken.fire();
    },
    dispose() {
      session.dispose();
    },
  };
}

async function until(isTrue: () => boolean): Promise<void> {
  for (const end = Date.now() + 15_000; !isTrue(); ) {
    if (Date.now() > end) throw new Error('not in time');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** A port that nothing listens on now. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : assert.fail();
}

const span = {
  spanId: 'b7ad6b7169203331',
  name: 'ai_inference_pipeline',
  kind: 1,
  attributes: [
    { key: 'storage_latency_ms', value: { doubleValue: 12.5 } },
    { key: 'model_prediction', value: { stringValue: 'cat' } },
  ],
};

async function send(otlpUrl: string, headers: Readonly<Record<string, string>> = {}): Promise<number> {
  const endTimeUnixNano = `${Date.now()}000000`;
  const traceId = randomBytes(16).toString('hex');
  const spans = [{ ...span, traceId, startTimeUnixNano: endTimeUnixNano, endTimeUnixNano }];
  const response = await fetch(`${otlpUrl}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }),
  });
  return response.status;
}

const embedded = { backend: 'embedded' };

describe('BackendSession', function () {
  this.timeout(30_000);
  let at: ReturnType<typeof backendOf>;
  let jaegerUrl: string;
  const jaeger = createServer((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end('{"data":[],"total":0,"limit":0,"offset":0,"errors":null}');
  });

  beforeEach(async () => {
    if (!jaeger.listening) await new Promise<void>((resolve) => jaeger.listen(0, '127.0.0.1', resolve));
    jaeger.unref();
    const address = jaeger.address();
    jaegerUrl = typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : assert.fail();
  });

  afterEach(() => at.dispose());

  it('receives what is sent to it when it is embedded', async () => {
    at = backendOf({ backend: 'embedded' });
    at.session.start();
    await until(() => at.session.status.kind === 'ok');
    const { endpoints } = at.session;
    assert.ok(endpoints);
    assert.equal(await send(endpoints.otlpUrl), 200);
    assert.equal(at.store.inferences()[0]?.storageLatencyMs, 12.5);
    assert.equal(at.session.connection, undefined);
  });

  it('keeps what comes while it is paused, for later', async () => {
    at = backendOf({ backend: 'embedded' });
    at.session.start();
    await until(() => at.session.endpoints !== undefined);
    at.session.setPaused(true);
    await send(at.session.endpoints?.otlpUrl ?? '');
    assert.equal(at.store.stats().traces, 0);
    assert.equal(at.received.length, 1);
    at.session.setPaused(false);
    assert.equal(at.store.stats().traces, 1);
    assert.equal(at.received.length, 1);
  });

  it('forgets what waits when it stops to receive', async () => {
    at = backendOf({ backend: 'embedded' });
    at.session.start();
    await until(() => at.session.endpoints !== undefined);
    at.session.setPaused(true);
    await send(at.session.endpoints?.otlpUrl ?? '');
    at.change({ backend: 'jaeger', connections: [{ name: 'a', url: jaegerUrl }] });
    await until(() => at.session.endpoints === undefined);
    at.session.setPaused(false);
    assert.equal(at.store.stats().traces, 0);
  });

  it('stays with a Jaeger that is configured, also when it does not answer', async () => {
    at = backendOf({ connections: [{ name: 'gone', url: 'http://127.0.0.1:9' }] });
    at.session.start();
    await until(() => at.session.status.kind === 'failing');
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.deepEqual([at.session.status.kind, at.session.endpoints], ['failing', undefined]);
  });

  it('asks a Jaeger and receives beside it, when it is told to do both', async () => {
    at = backendOf({ backend: 'both', connections: [{ name: 'a', url: jaegerUrl }] });
    at.session.start();
    await until(() => at.session.status.kind === 'ok' && at.session.endpoints !== undefined);
    assert.equal(at.session.connection?.name, 'a');
    await send(at.session.endpoints?.otlpUrl ?? '');
    assert.equal(at.store.stats().traces, 1);
  });

  it('tells when it receives beside a Jaeger, also while that has not answered', async () => {
    let requests = 0;
    const silent = createServer(() => requests++);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const port = typeof address === 'object' && address ? address.port : assert.fail();
    const connections = [{ name: 'silent', url: `http://127.0.0.1:${port}` }];
    at = backendOf({ backend: 'jaeger', connections });
    const told: (string | undefined)[] = [];
    at.session.onDidChangeStatus(() => told.push(at.session.endpoints?.otlpUrl));
    at.session.start();
    await until(() => requests > 0);
    at.change({ backend: 'both', connections });
    await until(() => at.session.endpoints !== undefined);
    await new Promise((resolve) => setTimeout(resolve, 50));
    silent.closeAllConnections();
    silent.close();
    assert.equal(told.at(-1), at.session.endpoints?.otlpUrl);
  });

  it('closes its port, forgets what it received and asks Jaeger when the settings say so', async () => {
    at = backendOf({ backend: 'embedded' });
    at.session.start();
    await until(() => at.session.endpoints !== undefined);
    const url = at.session.endpoints?.otlpUrl ?? '';
    await send(url);
    at.change({ backend: 'jaeger', connections: [{ name: 'a', url: jaegerUrl }] });
    await until(() => at.session.status.kind === 'ok');
    assert.deepEqual([at.session.endpoints, at.store.stats().traces], [undefined, 0]);
    await assert.rejects(send(url));
  });

  it('listens on a port of its own when another window has the wanted one, and knows that', async () => {
    const wanted = { backend: 'embedded', 'receiver.port': await freePort() };
    at = backendOf(wanted);
    at.session.start();
    await until(() => at.session.endpoints !== undefined);
    const second = backendOf(wanted);
    try {
      second.session.start();
      await until(() => second.session.endpoints !== undefined);
      assert.notEqual(second.session.endpoints?.otlpUrl, at.session.endpoints?.otlpUrl);
      assert.equal(second.session.endpoints?.isOtherOtlpPort, true);
      assert.equal(second.session.endpoints?.isTakenByWhyspan, true);
      assert.equal(second.session.endpoints?.agentPort, undefined);
    } finally {
      second.dispose();
    }
  });

  it('listens where the settings say from now on, and keeps what it has', async () => {
    const [first, second] = [await freePort(), await freePort()];
    at = backendOf({ backend: 'embedded', 'receiver.port': first });
    at.session.start();
    await until(() => at.session.endpoints !== undefined);
    assert.equal(await send(`http://127.0.0.1:${first}`), 200);
    at.session.setPaused(true);
    await send(`http://127.0.0.1:${first}`);
    at.change({ backend: 'embedded', 'receiver.port': second });
    await until(() => at.session.endpoints?.otlpUrl === `http://127.0.0.1:${second}`);
    assert.equal(at.session.endpoints?.isOtherOtlpPort, false);
    await assert.rejects(send(`http://127.0.0.1:${first}`));
    assert.equal(await send(`http://127.0.0.1:${second}`), 200);
    at.session.setPaused(false);
    assert.equal(at.store.stats().traces, 3);
  });

  it('lets others send with the token, to the address that is set, and says where', async () => {
    // Another address than the usual one, which is this machine all the same; macOS has only one of IPv4.
    const [address, host] = process.platform === 'darwin' ? ['::1', '[::1]'] : ['127.0.0.2', '127.0.0.2'];
    const port = await freePort();
    at = backendOf({ ...embedded, 'receiver.port': port, 'receiver.bindAddress': address });
    at.session.start();
    await until(() => at.session.endpoints !== undefined);
    const { otlpUrl = '', openTo } = at.session.endpoints ?? {};
    assert.equal(otlpUrl, `http://${host}:${port}`);
    assert.deepEqual(openTo, { address, port, token: 'a-token' });
    assert.equal(await send(otlpUrl), 401);
    assert.equal(await send(otlpUrl, { 'x-whyspan-token': 'a-token' }), 200);
    at.renew('another');
    await until(() => at.session.endpoints?.openTo?.token === 'another');
    assert.equal(at.session.endpoints?.otlpUrl, otlpUrl);
    assert.equal(await send(otlpUrl, { 'x-whyspan-token': 'a-token' }), 401);
    assert.equal(await send(otlpUrl, { 'x-whyspan-token': 'another' }), 200);
    assert.equal(at.store.stats().traces, 2);
  });

  it('says so when the address is none of this machine', async () => {
    at = backendOf({ ...embedded, 'receiver.bindAddress': '203.0.113.7' });
    at.session.start();
    await until(() => at.session.status.kind === 'failing');
    const { status } = at.session;
    assert.ok(status.kind === 'failing');
    assert.match(status.error.message, /^Whyspan cannot receive at 203\.0\.113\.7, which is no address of/);
    at.change({ ...embedded, 'receiver.port': await freePort() });
    await until(() => at.session.status.kind === 'ok');
  });

  it('counts what is refused, and tells that soon, once', async () => {
    at = backendOf({ ...embedded, 'receiver.port': await freePort() });
    at.session.start();
    await until(() => at.session.endpoints !== undefined);
    let told = 0;
    at.session.onDidChangeStatus(() => told++);
    const url = at.session.endpoints?.otlpUrl ?? '';
    for (let count = 0; count < 5; count++) await send(url, { origin: 'null' });
    await until(() => told > 0);
    assert.deepEqual([told, at.session.received?.refused], [1, { forbidden: 5 }]);
    assert.deepEqual(at.warnings, [
      'Something sent over HTTP was refused (forbidden): A request with an Origin, from a web page, is not taken. More of this kind is counted, and not written here.',
    ]);
  });

  it('offers to share with a window of the same user, and shows its traces when that is chosen', async () => {
    const port = await freePort();
    at = backendOf({ ...embedded, 'receiver.port': port });
    at.session.start();
    await until(() => at.session.endpoints !== undefined);
    const second = backendOf({ ...embedded, 'receiver.port': port });
    try {
      second.session.start();
      await until(() => second.session.endpoints !== undefined);
      assert.equal(second.session.endpoints?.sharing, 'possible');
      const ownUrl = second.session.endpoints?.otlpUrl ?? '';
      second.change({ ...embedded, 'receiver.port': port, 'receiver.sharing': 'share' });
      await until(() => second.session.endpoints?.sharing === 'following');
      await send(`http://127.0.0.1:${port}`);
      await until(() => second.store.stats().traces === 1);
      assert.deepEqual(second.store.inferences()[0]?.span.spanId, at.store.inferences()[0]?.span.spanId);
      await send(ownUrl);
      assert.deepEqual([second.store.stats().traces, at.store.stats().traces], [2, 1]);

      second.change({ ...embedded, 'receiver.port': port, 'receiver.sharing': 'separate' });
      await send(`http://127.0.0.1:${port}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
      assert.deepEqual([second.store.stats().traces, at.store.stats().traces], [2, 2]);
      assert.equal(second.session.endpoints?.otlpUrl, ownUrl);
    } finally {
      second.dispose();
    }
  });

  it('does not listen by itself in a workspace that is not trusted', async () => {
    at = backendOf({ backend: 'auto', connections: [] }, false);
    at.session.start();
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(at.session.endpoints, undefined);
  });
});
