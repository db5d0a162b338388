import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readGrouping, writeGrouping } from '../../../../src/features/explorer/keptGrouping';

function storage(kept?: unknown) {
  let value = kept;
  return {
    get: () => value,
    update: async (_: string, next: unknown) => {
      value = next;
    },
  };
}

describe('the kept grouping', () => {
  it('is the one that was chosen last', async () => {
    const kept = storage();
    await writeGrouping(kept, 'prediction');
    assert.equal(readGrouping(kept), 'prediction');
  });

  it('is by service when nothing, another version or nonsense was kept', () => {
    for (const kept of [
      undefined,
      null,
      7,
      'state',
      { version: 2, grouping: 'state' },
      { version: 1, grouping: 'x' },
    ]) {
      assert.equal(readGrouping(storage(kept)), 'service', JSON.stringify(kept));
    }
  });
});
