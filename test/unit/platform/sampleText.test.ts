import assert from 'node:assert/strict';
import { countText, sampleText, sampleWithErrorText } from '../../../src/platform/sampleText';
import { english as t } from '../features/explorer/english';

describe('the words of a sample', () => {
  const sample = { known: 1200, estimated: 47_813, relativeError: 0.043, isAtLeast: false };

  it('round to what is known of the estimate', () => {
    assert.equal(sampleWithErrorText(sample, t), `${countText(1200)} of about ${countText(48_000)} (± 4 %)`);
    assert.equal(
      sampleText({ ...sample, relativeError: 0.001 }, t),
      `${countText(1200)} of about ${countText(47_800)}`,
    );
  });

  it('never claim fewer than are known, and say when there may be any number', () => {
    assert.equal(
      sampleText({ ...sample, estimated: 1214, isAtLeast: true }, t),
      `${countText(1200)} of at least ${countText(1200)}`,
    );
    assert.equal(
      sampleText({ ...sample, known: 1214, estimated: 1214 }, t),
      `${countText(1214)} of about ${countText(1214)}`,
    );
  });
});
