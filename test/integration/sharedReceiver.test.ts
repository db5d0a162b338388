import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { BasicTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { tracesOf } from '../../src/core/columns/tracesOf';
import type { Trace } from '../../src/core/trace/trace';
import { Receivers } from '../../src/platform/receivers';
import { spawnTethered, type Tethered } from '../../tools/spawnTethered.mjs';
import { inlineReceived } from '../support/inlineReceived';
import { waitUntil } from '../support/waitUntil';
import { capturedDatagram } from '../unit/sources/jaegerAgent/datagrams';
import { newTraceId, postSpans } from './otlpPost';

const root = fileURLToPath(new URL('../..', import.meta.url));

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : assert.fail();
}

async function sendTo(url: string, traceId = newTraceId()): Promise<string> {
  const nowUs = Date.now() * 1000;
  await postSpans(url, [{ service: 'shared', name: 'op', traceId, startUs: nowUs - 1000, durationUs: 500 }]);
  return traceId;
}

describe('two windows in two processes', function () {
  this.timeout(60_000);
  let folder: string;
  let port: number;
  const others: Tethered[] = [];
  const windows: Receivers[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'whyspan-windows-'));
    port = await freePort();
  });

  afterEach(async () => {
    for (const window of windows.splice(0)) window.dispose();
    await Promise.all(others.splice(0).map((other) => other.stop()));
    await rm(folder, { recursive: true });
  });

  async function startOther(...more: string[]) {
    const file = join(root, 'test/support/otherWindow.ts');
    const other = spawnTethered({
      ...{ command: process.execPath, cwd: root },
      args: ['--import=tsx', file, String(port), folder, ...more],
    });
    others.push(other);
    const line = await other.waitForLine(/^listening (.*)$/, 30_000);
    return { other, endpoints: JSON.parse(line[1] ?? '') };
  }

  /** A window in this process that wants the same port. */
  async function startSecond(sharedFolder = folder) {
    const traces: Trace[] = [];
    const log: string[] = [];
    const note = (text: string) => void log.push(text);
    const window = new Receivers({
      ...{ windowId: 'second', sharedFolder, log: { info: note, warn: note } },
      settings: { port, bindAddress: '127.0.0.1', sharing: 'share' },
      readToken: () => Promise.reject(new Error('no token is needed on loopback')),
      decodeThread: inlineReceived,
      onBlocks: (got) => traces.push(...tracesOf(got)),
      onDidChange: () => undefined,
      report: (error) => log.push(`error ${String(error)}`),
    });
    windows.push(window);
    await window.start();
    const has = (traceId: string) => traces.some((trace) => trace.traceId === traceId);
    return { window, traces, log, has };
  }

  it('share what comes to the first, and nothing is lost when that is killed', async () => {
    const first = await startOther();
    const second = await startSecond();
    const ownUrl = second.window.endpoints?.otlpUrl ?? '';
    assert.equal(second.window.endpoints?.sharing, 'possible');
    second.window.share(true);
    await waitUntil('it follows', () => second.window.endpoints?.sharing === 'following');
    const shared = await sendTo(`http://127.0.0.1:${port}`);
    await first.other.waitForLine(new RegExp(`^trace ${shared}$`), 5000);
    await waitUntil('it is shared', () => second.has(shared));

    await first.other.stop();
    await waitUntil('it takes the port over', () => second.window.endpoints?.sharing === 'holding');
    assert.equal(second.window.endpoints?.otlpUrl, `http://127.0.0.1:${port}`);
    assert.equal(second.window.endpoints?.isTakenByWhyspan, false);
    const [here, there] = [await sendTo(`http://127.0.0.1:${port}`), await sendTo(ownUrl)];
    await waitUntil('both ports are received at', () => second.has(here) && second.has(there));
    assert.ok(second.log.some((text) => text.startsWith(`Receiving at port ${port} now`)));

    // The first comes back, and is now the second.
    const again = await startOther('share');
    assert.equal(again.endpoints.isTakenByWhyspan, true);
    await again.other.waitForLine(/^sharing following/, 5000);
    const back = await sendTo(`http://127.0.0.1:${port}`);
    await again.other.waitForLine(new RegExp(`^trace ${back}$`), 5000);
    assert.equal(second.window.endpoints?.sharing, 'holding');
  });

  it('share what comes by gRPC and to the agent, too', async function () {
    const first = await startOther();
    const second = await startSecond();
    second.window.share(true);
    await waitUntil('it follows', () => second.window.endpoints?.sharing === 'following');
    const { grpcUrl, agentPort } = first.endpoints;
    if (grpcUrl === undefined || agentPort === undefined) {
      console.log('ports 4317 or 6831 belong to another program of this machine');
      this.skip();
    }
    const exporter = new OTLPTraceExporter({ url: grpcUrl });
    const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
    const span = provider.getTracer('test').startSpan('by gRPC');
    span.end();
    await provider.forceFlush();
    await waitUntil('what came by gRPC', () => second.has(span.spanContext().traceId));
    const socket = createSocket('udp4');
    socket.send(capturedDatagram('article'), agentPort, '127.0.0.1', () => socket.close());
    await waitUntil('the datagram', () =>
      second.traces.some(({ spans }) => spans.some(({ name }) => name === 'ai_inference_pipeline')),
    );
    await provider.shutdown();
    await first.other.stop();
    await waitUntil('it takes these ports over, too', () => {
      const { grpcUrl: grpc, agentPort: agent } = second.window.endpoints ?? {};
      return grpc === grpcUrl && agent === agentPort;
    });
  });

  it('do not share with a window of another user, who has another folder', async () => {
    await startOther();
    const stranger = await startSecond(join(folder, 'of-somebody-else'));
    assert.deepEqual(
      [stranger.window.endpoints?.isTakenByWhyspan, stranger.window.endpoints?.sharing],
      [true, 'none'],
    );
    stranger.window.share(true);
    await sendTo(`http://127.0.0.1:${port}`);
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.deepEqual(stranger.traces, []);
  });

  it('settle who is next when three share and the first goes', async () => {
    const first = await startOther();
    const third = await startOther('share');
    await third.other.waitForLine(/^sharing following/, 5000);
    const second = await startSecond();
    second.window.share(true);
    await waitUntil('both follow', () => second.window.endpoints?.sharing === 'following');
    await first.other.stop();
    const url = `http://127.0.0.1:${port}`;
    const traceId = await waitUntil('somebody has the port', () => sendTo(url).catch(() => undefined));
    assert.ok(traceId);
    await waitUntil('one holds and the other follows', () =>
      /holding|following/.test(second.window.endpoints?.sharing ?? ''),
    );
    await waitUntil('both get what comes', async () => {
      const sent = await sendTo(url);
      await third.other.waitForLine(new RegExp(`^trace ${sent}$`), 500);
      return waitUntil('the second, too', () => second.has(sent), 500);
    });
  });
});
