import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { Throttle } from '../../../../src/features/latencyChart/throttle';

describe('a throttle', () => {
  it('runs at once, then once more for all that came meanwhile', async () => {
    let runs = 0;
    const throttle = new Throttle(() => runs++, 30);
    for (let i = 0; i < 50; i++) throttle.trigger();
    assert.equal(runs, 1);
    await wait(50);
    assert.equal(runs, 2);
    await wait(60);
    assert.equal(runs, 2);
  });

  it('runs no more once it is disposed', async () => {
    let runs = 0;
    const throttle = new Throttle(() => runs++, 10);
    throttle.trigger();
    throttle.trigger();
    throttle.dispose();
    await wait(30);
    assert.equal(runs, 1);
  });
});
