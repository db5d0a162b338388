import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { recordedText } from '../../../../src/features/annotations/recordedText';
import { english as t } from '../explorer/english';
import { assertShortLine, hostileTexts } from '../explorer/hostile';
import { plainSampleOf, summaryOf } from './sampleOf';

const say = (key: string, values: readonly (string | number | boolean)[]) =>
  recordedText(
    key,
    summaryOf(values.map((value, i) => plainSampleOf({ attributes: { size: value }, startTimeUs: i })))
      .newest,
    t,
  );

describe('what was recorded at a line', () => {
  it('is the last value, and of numbers the average', () => {
    assert.equal(say('size', [10, 20, 60]), 'recorded: 60, avg 30 of 3');
    assert.equal(say('size', ['10', '20']), 'recorded: 20, avg 15 of 2');
    assert.equal(say('size', [12.3456]), 'recorded: 12.3');
    assert.equal(say('size', ['cat', 'dog']), 'recorded: dog');
    assert.equal(say('size', [1, true]), 'recorded: true');
  });

  it('is nothing where spans do not have it', () => {
    assert.equal(say('other', [10]), '');
    assert.equal(say('size', []), '');
  });

  it('is one short line', () => {
    for (const text of hostileTexts) assertShortLine(say('size', [text]), 60);
  });
});
