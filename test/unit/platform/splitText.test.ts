import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { latencyText } from '../../../src/platform/latencyText';
import { splitText } from '../../../src/platform/splitText';
import { english as t } from '../features/explorer/english';

describe('what time was spent on, in words', () => {
  it('is the largest parts, without what is next to nothing', () => {
    const shares = [
      { as: 'storage', share: 0.706 },
      { as: 'model', share: 0.22 },
      { as: 'network', share: 0.071 },
      { as: 'queue', share: 0.003 },
    ] as const;
    assert.equal(splitText(shares, t), 'storage 71 % · model 22 % · network 7 %');
    assert.equal(splitText(shares, t, 2), 'storage 71 % · model 22 %');
    assert.equal(splitText(shares, t, 5), 'storage 71 % · model 22 % · network 7 %');
  });

  it('is nothing when all that is known is that it was the application', () => {
    assert.equal(splitText([{ as: 'application', share: 1 }], t), '');
    assert.equal(splitText([], t), '');
  });
});

describe('a storage latency in words', () => {
  it('says when it is derived', () => {
    assert.equal(latencyText(12, false, t), '12 ms');
    assert.equal(latencyText(12, true, t), '12 ms (derived)');
  });
});
