import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { OpenedTraces } from '../../../../src/core/store/openedTraces';
import { defaultInferenceDefinition } from '../../../../src/core/trace/inference';
import type { Trace } from '../../../../src/core/trace/trace';
import { annotateImported } from '../../../../src/features/annotations/annotateImported';
import { annotate } from '../../../../src/features/annotations/model';
import { functionMatch, spanMatch, writeMatch } from '../../core/mapping/captures';
import { traceOf } from '../../core/spanOf';
import { importedFile } from '../../core/store/importedFile';
import { inferenceName, inferenceTrace, storeOf } from '../../core/store/storeOf';
import { annotatedFile } from './annotatedFile';

const { latencyAttribute, predictionAttribute } = defaultInferenceDefinition;
const file = annotatedFile([
  functionMatch('run', 10, 20),
  spanMatch(12, { name: inferenceName }),
  writeMatch(14, 14, { key: latencyAttribute }),
  writeMatch(18, 18, { key: predictionAttribute }),
  functionMatch('read', 30, 40),
  spanMatch(31, { name: 'read_image' }),
]);
const read = (id: number) => traceOf([{ name: 'read_image' }], id);

/** What is drawn, with the file that it is from, when the store and files (the last imported first) hold these traces. */
function drawn(live: readonly Trace[], files: Readonly<Record<string, readonly Trace[]>>) {
  const { store } = storeOf();
  store.add(live, 0);
  const opened = new OpenedTraces({ definition: defaultInferenceDefinition, maxBytes: 1e9 });
  const imported = Object.entries(files).map(([key, traces]) => importedFile(opened, key, traces));
  const annotations = annotateImported(
    file,
    { live: annotate(file, store, defaultInferenceDefinition), imported },
    defaultInferenceDefinition,
  );
  return [
    ...annotations.functions.map(({ line, summary, fileName }) => [line, summary.runs, fileName ?? 'live']),
    ...annotations.writes.map(({ line, summary, fileName }) => [line, summary.runs, fileName ?? 'live']),
  ];
}

describe('annotateImported', () => {
  it('draws what is imported where the store has nothing, and says from which file', () => {
    assert.deepEqual(drawn([], { a: [inferenceTrace(1, 100, 5), read(2)] }), [
      [10, 1, 'a.json'],
      [30, 1, 'a.json'],
      [14, 1, 'a.json'],
      [18, 1, 'a.json'],
    ]);
  });

  it('draws what the store has before all else, function by function', () => {
    assert.deepEqual(drawn([read(2), read(3)], { a: [inferenceTrace(1, 100, 5), read(4)] }), [
      [10, 1, 'a.json'],
      [30, 2, 'live'],
      [14, 1, 'a.json'],
      [18, 1, 'a.json'],
    ]);
    const live = [inferenceTrace(1, 100, 5), read(2)];
    assert.deepEqual(drawn(live, { a: [inferenceTrace(3, 100, 5), read(4)] }), drawn(live, {}));
  });

  it('does not mix files: a function has the numbers of one', () => {
    const files = { b: [read(1)], a: [read(2), read(3), inferenceTrace(4, 100, 5)] };
    assert.deepEqual(drawn([], files), [
      [10, 1, 'a.json'],
      [30, 1, 'b.json'],
      [14, 1, 'a.json'],
      [18, 1, 'a.json'],
    ]);
  });
});
