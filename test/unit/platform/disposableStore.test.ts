import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { DisposableStore } from '../../../src/platform/disposableStore';

describe('DisposableStore', () => {
  const setUp = () => {
    const store = new DisposableStore();
    const disposed: number[] = [];
    const item = (id: number) => ({ dispose: () => void disposed.push(id) });
    return { store, disposed, item };
  };

  it('disposes what it holds, the last first, once', () => {
    const { store, disposed, item } = setUp();
    for (const id of [1, 2, 3]) store.add(item(id));
    store.dispose();
    store.dispose();
    assert.deepEqual(disposed, [3, 2, 1]);
  });

  it('returns what it was given', () => {
    const { store, item } = setUp();
    const given = item(1);
    assert.equal(store.add(given), given);
  });

  it('disposes at once what comes too late, also while it disposes', () => {
    const { store, disposed, item } = setUp();
    store.add({ dispose: () => void store.add(item(1)) });
    store.dispose();
    store.add(item(2));
    assert.deepEqual(disposed, [1, 2]);
  });

  it('disposes the others although one throws', () => {
    const { store, disposed, item } = setUp();
    store.add(item(1));
    store.add({
      dispose: () => {
        throw new Error('boom');
      },
    });
    store.add(item(3));
    assert.throws(() => store.dispose(), /boom/);
    assert.deepEqual(disposed, [3, 1]);
  });
});
