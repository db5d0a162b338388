import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { TroubleLog } from '../../../src/platform/troubleLog';
import { FakeClock } from '../sources/fakeClock';

describe('TroubleLog', () => {
  it('writes the first of each kind, and tells of all of them at most once a second', async () => {
    const clock = new FakeClock();
    const written: string[] = [];
    let told = 0;
    const log = new TroubleLog(
      (text) => written.push(text),
      () => told++,
      clock,
    );
    for (let count = 0; count < 50; count++) {
      log.add('HTTP malformed', `Broken ${count}.`);
      log.add('HTTP too-large', 'Too large.');
    }
    assert.deepEqual(written, [
      'Broken 0. More of this kind is counted, and not written here.',
      'Too large. More of this kind is counted, and not written here.',
    ]);
    assert.equal(told, 0);
    await clock.advance(1000);
    assert.equal(told, 1);
    log.add('HTTP malformed', 'Broken.');
    log.dispose();
    log.add('other', 'Other.');
    await clock.advance(5000);
    assert.deepEqual([told, written.length, clock.timers.size], [1, 2, 0]);
  });
});
