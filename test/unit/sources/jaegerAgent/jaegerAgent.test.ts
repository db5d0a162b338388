import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { describe, it } from 'mocha';
import { tracesOf } from '../../../../src/core/columns/tracesOf';
import type { Trace } from '../../../../src/core/trace/trace';
import { JaegerAgent } from '../../../../src/sources/jaegerAgent/jaegerAgent';
import type { OnBlocks } from '../../../../src/sources/onBlocks';
import { inlineReceived } from '../../../support/inlineReceived';
import { waitUntil } from '../../../support/waitUntil';
import { capturedDatagram, emitBatchWith } from './datagrams';

const agentOf = (port: number, onBlocks: OnBlocks = () => {}) =>
  new JaegerAgent({ port, decoder: inlineReceived, onBlocks });

async function withAgent(
  work: (agent: JaegerAgent, send: (bytes: Uint8Array) => void, traces: readonly Trace[]) => Promise<void>,
): Promise<void> {
  const traces: Trace[] = [];
  const agent = agentOf(0, (blocks) => traces.push(...tracesOf(blocks)));
  const sender = createSocket('udp4');
  try {
    const { port } = await agent.start();
    assert.ok(port !== undefined && port > 0);
    await work(agent, (bytes) => sender.send(bytes, port, '127.0.0.1'), traces);
  } finally {
    agent.dispose();
    sender.close();
  }
}

describe('JaegerAgent', () => {
  it('hears datagrams, and counts those it cannot read', () =>
    withAgent(async (agent, send, traces) => {
      send(Buffer.from('nonsense'));
      send(emitBatchWith([0], 'emitZipkinBatch'));
      send(Buffer.alloc(65_200));
      send(capturedDatagram('everything'));
      await waitUntil('the datagrams', () => agent.stats.datagrams === 4);
      assert.deepEqual(agent.stats, {
        datagrams: 4,
        spans: 7,
        problems: 0,
        broken: 1,
        oversize: 1,
        foreign: 1,
        dropped: 0,
      });
      assert.equal(traces.length, 2);
    }));

  it('says that another program has its port, and takes no other', () =>
    withAgent(async (_agent, _send) => {
      const holder = createSocket('udp4');
      try {
        const port = await new Promise<number>((resolve) =>
          holder.bind({ port: 0, address: '127.0.0.1' }, () => resolve(holder.address().port)),
        );
        const second = agentOf(port);
        assert.deepEqual(await second.start(), { port: undefined, holder: 'other' });
        second.dispose();
      } finally {
        holder.close();
      }
    }));

  it('hears nothing when it is disposed, even while it starts', async () => {
    const agent = agentOf(0, () => assert.fail('disposed'));
    const starting = agent.start();
    agent.dispose();
    const { port } = await starting;
    assert.ok(port !== undefined);
    const again = agentOf(port);
    assert.equal((await again.start()).port, port);
    again.dispose();
    again.dispose();
  });
});
