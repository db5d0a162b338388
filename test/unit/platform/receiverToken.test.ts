import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type * as vscode from 'vscode';
import { Emitter } from '../../../src/core/event';
import { ReceiverToken } from '../../../src/platform/receiverToken';

/** VS Code's storage, as two windows see it. */
function storage() {
  const kept = new Map<string, string>();
  const onDidChange = new Emitter<vscode.SecretStorageChangeEvent>();
  const secrets: vscode.SecretStorage = {
    keys: async () => [...kept.keys()],
    get: async (key) => kept.get(key),
    store: async (key, value) => {
      kept.set(key, value);
      onDidChange.fire({ key });
    },
    delete: async (key) => void kept.delete(key),
    onDidChange: onDidChange.event,
  };
  return { secrets, kept };
}

describe('the token of the receiver', () => {
  it('is made when it is first asked for, and is the same in all windows', async () => {
    const { secrets } = storage();
    const token = await new ReceiverToken(secrets).read();
    // In a header and in a shell it needs no quotes.
    assert.match(token, /^[\w-]{32}$/);
    assert.equal(await new ReceiverToken(secrets).read(), token);
  });

  it('is another one after it was renewed, and every window hears of that', async () => {
    const { secrets } = storage();
    const [here, there] = [new ReceiverToken(secrets), new ReceiverToken(secrets)];
    const old = await here.read();
    let heard = 0;
    there.onDidChange(() => heard++);
    await secrets.store('another', 'secret');
    assert.equal(heard, 0);
    const renewed = await here.renew();
    assert.notEqual(renewed, old);
    assert.deepEqual([heard, await there.read()], [1, renewed]);
  });
});
