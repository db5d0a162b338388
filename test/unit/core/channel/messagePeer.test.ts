import assert from 'node:assert/strict';
import { MessagePeer, PeerError } from '../../../../src/core/channel/messagePeer';

/** Two peers that hear each other, and the timers of the first. */
function connect(handle: (method: string, params: unknown) => unknown, isDeaf = false) {
  const timers: (() => void)[] = [];
  const base = {
    describeError: (error: unknown) => `failed: ${String(error)}`,
    schedule: (action: () => void) => {
      timers.push(action);
      return { dispose: () => void timers.splice(timers.indexOf(action), 1) };
    },
    timeoutMs: 1000,
  };
  const asker: MessagePeer = new MessagePeer({
    ...base,
    post: (message) => void (isDeaf || answerer.receive(structuredClone(message))),
    handle: () => undefined,
  });
  const answerer = new MessagePeer({
    ...base,
    post: (message) => void asker.receive(structuredClone(message)),
    handle,
  });
  return { asker, answerer, timers };
}

describe('a channel of messages', () => {
  it('answers a request', async () => {
    const { asker, timers } = connect(async (method, params) => ({ method, params }));
    assert.deepEqual(await asker.request('add', [1, 2]), { method: 'add', params: [1, 2] });
    assert.equal(timers.length, 0);
  });

  it('answers each of several requests with its own answer', async () => {
    const { asker } = connect(async (_, params) => params);
    assert.deepEqual(await Promise.all([1, 2, 3].map((n) => asker.request('echo', n))), [1, 2, 3]);
  });

  it('tells what went wrong', async () => {
    const { asker } = connect(() => {
      throw new Error('no');
    });
    const isRefusal = (error: unknown) => error instanceof PeerError && error.reason === 'refused';
    await assert.rejects(asker.request('add', 1), isRefusal);
    await assert.rejects(asker.request('add', 1), { message: 'failed: Error: no' });
  });

  it('gives up on an answer that does not come', async () => {
    const { asker, timers } = connect(() => undefined, true);
    const answer = asker.request('add', 1);
    timers[0]?.();
    await assert.rejects(answer, { name: 'PeerError', reason: 'timeout' });
  });

  it('rejects what is under way when it is disposed, and what comes later', async () => {
    const { asker } = connect(() => undefined, true);
    const answer = asker.request('add', 1);
    asker.dispose();
    await assert.rejects(answer, { reason: 'disposed' });
    await assert.rejects(asker.request('add', 1), { reason: 'disposed' });
  });

  it('does not answer notifications, even when they fail', async () => {
    const heard: unknown[] = [];
    const { asker } = connect((method, params) => {
      heard.push(method, params);
      throw new Error('no');
    });
    asker.notify('changed', 5);
    await new Promise(setImmediate);
    assert.deepEqual(heard, ['changed', 5]);
  });

  it('ignores what is no message of its own', async () => {
    let calls = 0;
    const { answerer } = connect(() => calls++);
    const long = 'x'.repeat(65);
    const strange = [
      ...[null, 'hello', [], { kind: 'request', method: 'a' }, { kind: 'request', id: 1.5, method: 'a' }],
      ...[
        { kind: 'request', id: 1, method: long },
        { kind: 'reply', id: 99 },
        { kind: 'other', id: 1 },
      ],
      { kind: 'notification', method: 5 },
    ];
    for (const message of strange) await answerer.receive(message);
    assert.equal(calls, 0);
  });
});
