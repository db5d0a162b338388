import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  attemptDelaysMs,
  SharedPort,
  type SharedPortState,
} from '../../../../src/sources/sharedReceiver/sharedPort';
import { FakeClock } from '../fakeClock';

/** Who has the port: a window that can be followed, another program, nobody, or the window itself. */
type Holder = 'window' | 'program' | 'nobody' | 'self';

function world(holder: Holder) {
  const clock = new FakeClock();
  const states: SharedPortState[] = [];
  const errors: unknown[] = [];
  let end: (() => void) | undefined;
  const at = {
    clock,
    states,
    errors,
    holder,
    follows: 0,
    claims: 0,
    /** Who had the port gives it up, for another. */
    change(next: Holder) {
      at.holder = next;
      const told = end;
      end = undefined;
      told?.();
    },
    port: new SharedPort({
      clock,
      claim: async () => {
        at.claims++;
        if (at.holder !== 'nobody') return false;
        at.holder = 'self';
        return true;
      },
      follow: async (onEnd) => {
        at.follows++;
        if (at.holder !== 'window') return undefined;
        end = onEnd;
        return { dispose: () => (end = undefined) };
      },
      onDidChange: (state) => states.push(state),
      onError: (error) => errors.push(error),
    }),
  };
  at.port.start();
  return at;
}

const tillLost = attemptDelaysMs.reduce((sum, delay) => sum + delay, 0);

describe('a shared port', () => {
  it('is followed while another window has it', async () => {
    const at = world('window');
    await at.clock.advance(0);
    assert.deepEqual([at.port.state, at.states], ['following', ['following']]);
    await at.clock.advance(600_000);
    assert.deepEqual([at.follows, at.clock.timers.size], [1, 0]);
  });

  it('is taken over when that window is gone, and kept', async () => {
    const at = world('window');
    await at.clock.advance(0);
    at.change('nobody');
    await at.clock.advance(0);
    assert.deepEqual(at.states, ['following', 'searching', 'holding']);
    await at.clock.advance(600_000);
    assert.deepEqual([at.port.state, at.clock.timers.size], ['holding', 0]);
  });

  it('is followed on when yet another window was quicker', async () => {
    const at = world('window');
    await at.clock.advance(0);
    at.change('window');
    await at.clock.advance(0);
    assert.deepEqual(at.states, ['following', 'searching', 'following']);
  });

  it('is waited for while it is about to be given up', async () => {
    const at = world('window');
    await at.clock.advance(0);
    at.change('program');
    await at.clock.advance(3000);
    assert.equal(at.port.state, 'searching');
    at.holder = 'nobody';
    await at.clock.advance(5000);
    assert.equal(at.port.state, 'holding');
  });

  it('is lost to a program that keeps it, which is not asked for ever', async () => {
    const at = world('program');
    await at.clock.advance(tillLost);
    assert.equal(at.port.state, 'lost');
    assert.equal(at.claims, attemptDelaysMs.length);
    await at.clock.advance(600_000);
    assert.deepEqual([at.claims, at.clock.timers.size], [attemptDelaysMs.length, 0]);
  });

  it('is tried again after an error, which is told', async () => {
    const at = world('window');
    let isBroken = true;
    const port = new SharedPort({
      clock: at.clock,
      claim: () => (isBroken ? Promise.reject(new Error('a bug')) : Promise.resolve(true)),
      follow: () => Promise.resolve(undefined),
      onDidChange: () => undefined,
      onError: (error) => at.errors.push(error),
    });
    port.start();
    await at.clock.advance(0);
    isBroken = false;
    await at.clock.advance(1000);
    assert.deepEqual([port.state, at.errors.length], ['holding', 1]);
  });

  it('is left alone once it is disposed, at any time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom<Holder>('window', 'program', 'nobody'), fc.nat(20_000)), {
          maxLength: 8,
        }),
        fc.boolean(),
        async (changes, isAtOnce) => {
          const at = world('window');
          for (const [holder, afterMs] of changes) {
            await at.clock.advance(afterMs);
            if (at.holder !== 'self') at.change(holder);
          }
          if (!isAtOnce) await at.clock.advance(0);
          at.port.dispose();
          const said = at.states.length;
          const { claims } = at;
          if (at.holder !== 'self') at.change('nobody');
          await at.clock.advance(100_000);
          assert.deepEqual([at.states.length, at.claims, at.clock.timers.size], [said, claims, 0]);
        },
      ),
      { numRuns: 60 },
    );
  });
});
