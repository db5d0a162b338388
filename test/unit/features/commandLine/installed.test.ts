import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readInstalled, writeInstalled } from '../../../../src/features/commandLine/installed';

function storageOf() {
  const kept = new Map<string, unknown>();
  return {
    kept,
    get: (key: string) => kept.get(key),
    update: async (key: string, value: unknown) => void kept.set(key, value),
  };
}

describe('what is installed', () => {
  it('is kept, and forgotten', async () => {
    const storage = storageOf();
    assert.equal(readInstalled(storage), undefined);
    const installed = { paths: ['/home/me/bin/whyspan'], version: '1.0.0', runtime: '/usr/bin/code' };
    await writeInstalled(storage, installed);
    assert.deepEqual(readInstalled(storage), installed);
    await writeInstalled(storage, undefined);
    assert.equal(readInstalled(storage), undefined);
  });

  it('is nothing when it was kept in another form', () => {
    for (const value of [7, [], { format: 2, paths: ['x'], version: '1', runtime: 'r' }, { format: 1 }]) {
      const storage = storageOf();
      storage.kept.set('whyspan.commandLine', value);
      assert.equal(readInstalled(storage), undefined);
    }
  });
});
