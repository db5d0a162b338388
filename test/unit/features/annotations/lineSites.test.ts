import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { breachedLines } from '../../../../src/features/annotations/breaches';
import { sitesAt } from '../../../../src/features/annotations/lineSites';
import { movedAnnotations } from '../../../../src/features/annotations/movedAnnotations';
import { inferenceName, storeOf } from '../../core/store/storeOf';
import { settingsOf } from '../../platform/settingsOf';
import { annotated, pipelineTrace } from './pipelineFile';

const { store } = storeOf();
store.add([pipelineTrace(1, 80, 400), pipelineTrace(2, 80, 500)], 0);
const annotations = annotated(store);
const at = (line: number) => {
  const sites = sitesAt(annotations, line);
  return sites && [sites.line, sites.name, ...sites.keys.map((key) => JSON.parse(key)[1])];
};

describe('what a line stands for', () => {
  it('is the spans that are opened on it', () => {
    assert.deepEqual(at(31), [31, 'read', 'load']);
    assert.deepEqual(at(35), [35, 'read', 'check']);
  });

  it('is the inferences, where their latency or prediction is set', () => {
    assert.deepEqual(
      [14, 15, 18].map(at),
      Array.from({ length: 3 }, () => [10, 'run', inferenceName]),
    );
  });

  it('is all spans of the function around any other line', () => {
    assert.deepEqual(at(30), [30, 'read', 'load', 'check']);
    assert.deepEqual(at(38), [30, 'read', 'load', 'check']);
    assert.deepEqual(at(16), [10, 'run', inferenceName]);
  });

  it('is nothing outside of functions that made spans', () => {
    assert.deepEqual(
      [1, 9, 21, 25, 41].map(at),
      Array.from({ length: 5 }, () => undefined),
    );
  });

  it('moves with edits', () => {
    const edit = { startLine: 0, startCharacter: 0, endLine: 0, endCharacter: 0, addedLines: 3 };
    const moved = movedAnnotations(annotations, [edit]);
    assert.equal(sitesAt(moved, 34)?.line, 34);
    assert.equal(sitesAt(moved, 17)?.line, 13);
    assert.deepEqual(
      moved.writes.map((write) => [write.startLine, write.line]),
      [
        [17, 18],
        [21, 21],
      ],
    );
  });
});

describe('the lines where an alert is breached', () => {
  const lines = (written: Readonly<Record<string, unknown>>, nowUs = 3000) =>
    breachedLines(annotations, settingsOf(written), nowUs);

  it('are those that set the latency', () => {
    assert.deepEqual(lines({}), [15]);
    assert.deepEqual(breachedLines({ ...annotations, writes: [] }, settingsOf({}), 3000), [10]);
  });

  it('are none while the average is not above the threshold, or the alert watches something else', () => {
    assert.deepEqual(lines({ 'alert.threshold': 450 }), []);
    assert.deepEqual(lines({ 'alert.attribute': 'queue_ms' }), []);
    assert.deepEqual(lines({}, 1e12), []);
  });
});
