import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type OpenedChange, OpenedTraces } from '../../../../src/core/store/openedTraces';
import { defaultInferenceDefinition } from '../../../../src/core/trace/inference';
import { traceId, traceOf } from '../spanOf';
import { importedFile } from './importedFile';
import { inferenceTrace } from './storeOf';

function openedOf(maxBytes = 1e9) {
  const opened = new OpenedTraces({ definition: defaultInferenceDefinition, maxBytes });
  const changes: OpenedChange[] = [];
  opened.onDidChange((change) => changes.push(change));
  return { opened, changes };
}

describe('OpenedTraces', () => {
  it('keeps the traces of files, whenever they happened, and tells of files that come and go', () => {
    const { opened, changes } = openedOf();
    opened.addFile(importedFile(opened, 'a', [inferenceTrace(1, 100, 5)]));
    opened.addFile(importedFile(opened, 'b', [inferenceTrace(2, 9e15, 6)]));
    assert.deepEqual(
      opened.files.map(({ key }) => key),
      ['b', 'a'],
    );
    assert.equal(opened.trace(traceId(1))?.traceId, traceId(1));
    assert.equal(opened.file('b')?.store.inferences()[0]?.storageLatencyMs, 6);
    assert.deepEqual([opened.removeFile('a'), opened.removeFile('a')], [true, false]);
    assert.equal(opened.trace(traceId(1)), undefined);
    assert.deepEqual(changes, [
      { added: ['a'], removed: [] },
      { added: ['b'], removed: [] },
      { added: [], removed: ['a'] },
    ]);
  });

  it('has a file that is imported twice once, as the last one', () => {
    const { opened } = openedOf();
    opened.addFile(importedFile(opened, 'a', [traceOf([{}], 1), traceOf([{}], 2)]));
    opened.addFile(importedFile(opened, 'b', [traceOf([{}], 3)]));
    opened.addFile(importedFile(opened, 'a', [traceOf([{}], 2)]));
    assert.deepEqual(
      opened.files.map(({ key, store }) => [key, store.stats().traces]),
      [
        ['a', 1],
        ['b', 1],
      ],
    );
  });

  it('finds a trace of several files in the one that was imported last', () => {
    const { opened } = openedOf();
    for (const key of ['a', 'b', 'a']) opened.addFile(importedFile(opened, key, [traceOf([{}], 1)]));
    assert.equal(opened.fileOf(traceId(1))?.key, 'a');
    assert.equal(opened.storeOf(traceId(1)), opened.file('a')?.store);
    assert.equal(opened.fileOf(traceId(2)), undefined);
  });

  it('says how much room there is, for a file that is here without what it takes', () => {
    const { opened } = openedOf(1e6);
    opened.addFile(importedFile(opened, 'a', [traceOf([{}], 1)]));
    const bytes = opened.file('a')?.store.stats().bytes ?? 0;
    assert.ok(bytes > 0);
    assert.deepEqual([opened.roomFor('b'), opened.roomFor('a')], [1e6 - bytes, 1e6]);
    opened.configure(defaultInferenceDefinition, 1);
    assert.deepEqual([opened.roomFor('b'), opened.files.length], [0, 1]);
  });

  it('keeps twenty traces that were opened by their id, the last one first', () => {
    const { opened } = openedOf();
    for (let id = 1; id <= 25; id++) opened.open(traceOf([{}], id));
    opened.open(traceOf([{}], 7));
    assert.equal(opened.openedIds.length, 20);
    assert.deepEqual(opened.openedIds.slice(0, 2), [traceId(7), traceId(25)]);
    assert.equal(opened.openedIds.at(-1), traceId(6));
  });

  it('lets those that were opened first go when they are too much together, but not the last one', () => {
    const { opened } = openedOf(2500);
    const long = { attributes: { text: 'x'.repeat(1000) } };
    for (const id of [1, 2, 3]) opened.open(traceOf([long], id));
    assert.deepEqual(opened.openedIds, [traceId(3), traceId(2)]);
    opened.open(traceOf([{ attributes: { text: 'x'.repeat(9000) } }], 4));
    assert.deepEqual(opened.openedIds, [traceId(4)]);
  });

  it('reads all by another definition of what an inference is', () => {
    const { opened, changes } = openedOf();
    opened.addFile(importedFile(opened, 'a', [traceOf([{ name: 'predict' }], 1)]));
    const { store } = opened.file('a') ?? {};
    assert.equal(store?.inferences().length, 0);
    const early = importedFile(opened, 'b', [traceOf([{ name: 'predict' }], 2)]);
    opened.configure({ ...defaultInferenceDefinition, spanName: 'predict' }, 1e9);
    assert.equal(store?.inferences().length, 1);
    assert.deepEqual(changes.at(-1), { added: [], removed: [] });
    opened.addFile(early);
    assert.equal(early.store.inferences().length, 1, 'also of a file that was being read meanwhile');
  });

  it('lets all go at once, and says nothing when there is nothing', () => {
    const { opened, changes } = openedOf();
    opened.clear();
    assert.deepEqual(changes, []);
    opened.addFile(importedFile(opened, 'a', [traceOf([{}], 1)]));
    opened.open(traceOf([{}], 2));
    opened.clear();
    assert.deepEqual([opened.files, opened.openedIds, opened.trace(traceId(2))], [[], [], undefined]);
    assert.deepEqual(changes.at(-1), { added: [], removed: ['a'] });
  });
});
