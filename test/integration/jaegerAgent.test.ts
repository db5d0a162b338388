import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { setTimeout as delay } from 'node:timers/promises';
import type { SpanBlock } from '../../src/core/columns/spanBlock';
import { tracesOf } from '../../src/core/columns/tracesOf';
import { makeTrace, type Trace } from '../../src/core/trace/trace';
import { plainConnection } from '../../src/sources/connection';
import { Credentials } from '../../src/sources/credentials';
import { JaegerAgent } from '../../src/sources/jaegerAgent/jaegerAgent';
import { JaegerClient } from '../../src/sources/jaegerClient';
import { startInference } from '../../tools/inference/startInference.mjs';
import { startJaeger } from '../../tools/jaeger/startJaeger.mjs';
import { inlineReceived } from '../support/inlineReceived';
import { waitUntil } from '../support/waitUntil';
import { plainTrace } from '../unit/core/columns/plain';
import { capturedDatagram } from '../unit/sources/jaegerAgent/datagrams';

/** Puts the pieces of traces together, as the store does. */
class Pieces {
  readonly #byId = new Map<string, Trace>();

  readonly add = (blocks: readonly SpanBlock[]): void => {
    for (const { traceId, spans } of tracesOf(blocks).map(plainTrace)) {
      const made = makeTrace(traceId, [...(this.#byId.get(traceId)?.spans ?? []), ...spans]);
      if (made) this.#byId.set(traceId, made.trace);
    }
  };

  get traces(): readonly Trace[] {
    return [...this.#byId.values()];
  }
}

/** What is compared: all but the warnings, which a Jaeger adds of its own. */
const comparable = (traces: readonly Trace[]) =>
  [...traces]
    .sort((a, b) => (a.traceId < b.traceId ? -1 : 1))
    .map(plainTrace)
    .map((trace) => ({ ...trace, spans: trace.spans.map((span) => ({ ...span, warnings: [] })) }));

function clientOf(url: string): JaegerClient {
  const connection = plainConnection('test', url);
  const credentials = new Credentials(connection, { readSecret: () => Promise.resolve(undefined) });
  return new JaegerClient({ connection, credentials });
}

describe('JaegerAgent and a real Jaeger', function () {
  this.timeout(120_000);

  it('make the same traces of the same datagrams', async () => {
    const pieces = new Pieces();
    const agent = new JaegerAgent({ port: 0, decoder: inlineReceived, onBlocks: pieces.add });
    const jaeger = await startJaeger({ config: 'memory' });
    const relay = createSocket('udp4');
    let service: Awaited<ReturnType<typeof startInference>> | undefined;
    try {
      const { port } = await agent.start();
      assert.ok(port !== undefined);
      const toBoth = (datagram: Uint8Array) => {
        relay.send(datagram, port, '127.0.0.1');
        relay.send(datagram, jaeger.agentPort, '127.0.0.1');
      };
      relay.on('message', toBoth);
      await new Promise<void>((resolve) => relay.bind(0, '127.0.0.1', resolve));
      for (const name of ['article', 'everything'] as const) toBoth(capturedDatagram(name));
      service = await startInference({ exporter: 'jaeger', agentPort: relay.address().port, rate: 20 });
      await waitUntil('40 inferences', () => agent.stats.spans > 40);
      await service.stop();
      await delay(1000);
      const client = clientOf(jaeger.url);
      const signal = AbortSignal.timeout(30_000);
      const startUs = 0;
      const endUs = (Date.now() + 60_000) * 1000;
      const expected: Trace[] = [];
      await waitUntil('the same number of traces', async () => {
        expected.length = 0;
        for (const name of await client.services(signal)) {
          const search = { service: name, startUs, endUs, limit: 10_000 };
          expected.push(...(await client.search(search, signal)).traces);
        }
        return expected.length === pieces.traces.length;
      });
      assert.deepEqual(comparable(pieces.traces), comparable(expected));
      assert.equal(agent.stats.broken + agent.stats.oversize + agent.stats.foreign, 0);
    } finally {
      await service?.stop();
      agent.dispose();
      relay.close();
      await jaeger.stop();
    }
  });

  it('hears the article’s exporter when there is no Jaeger', async () => {
    const pieces = new Pieces();
    const agent = new JaegerAgent({ port: 0, decoder: inlineReceived, onBlocks: pieces.add });
    const { port } = await agent.start();
    assert.ok(port !== undefined);
    const service = await startInference({ exporter: 'jaeger', agentPort: port, rate: 20 });
    try {
      await waitUntil('an inference', () =>
        pieces.traces.some(({ spans }) =>
          spans.some((span) => typeof span.attributes.get('storage_latency_ms') === 'number'),
        ),
      );
      assert.equal(agent.stats.problems, 0);
    } finally {
      await service.stop();
      agent.dispose();
    }
  });
});
