import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { AlertMute } from '../../../../src/features/alerts/mute';
import type { Storage } from '../../../../src/platform/storage';
import { storageOf } from './storageOf';

function storage(initial?: unknown): Storage & { kept: unknown } {
  return {
    kept: initial,
    get() {
      return this.kept;
    },
    async update(_, value) {
      // As VS Code does: through JSON.
      this.kept = value === undefined ? undefined : JSON.parse(JSON.stringify(value));
    },
  };
}

describe('AlertMute', () => {
  it('mutes for a time', async () => {
    let nowMs = 1000;
    const mute = new AlertMute(storage(), () => nowMs);
    assert.equal(mute.isMuted, false);
    await mute.mute(500);
    assert.equal(mute.isMuted, true);
    nowMs = 1500;
    assert.equal(mute.isMuted, false);
  });

  it('mutes until it is unmuted, over reloads', async () => {
    const kept = storage();
    await new AlertMute(kept, () => 0).mute(undefined);
    const reloaded = new AlertMute(kept, () => Number.MAX_SAFE_INTEGER);
    assert.equal(reloaded.isMuted, true);
    await reloaded.unmute();
    assert.equal(new AlertMute(kept, () => 0).isMuted, false);
  });

  it('mutes one rule by itself, for a time or for good, over reloads', async () => {
    let nowMs = 1000;
    const kept = storageOf();
    const mute = new AlertMute(kept, () => nowMs);
    await mute.muteRule('a', 500);
    await mute.muteRule('b', undefined);
    const muted = () => ['a', 'b', 'c'].filter((uid) => new AlertMute(kept, () => nowMs).isRuleMuted(uid));
    assert.deepEqual([muted(), mute.isMuted], [['a', 'b'], false]);
    nowMs = 1500;
    assert.deepEqual(muted(), ['b']);
    await mute.unmuteRule('b');
    assert.deepEqual(muted(), []);
  });

  it('mutes all rules with the rest, and hears all again', async () => {
    const mute = new AlertMute(storageOf(), () => 0);
    await mute.muteRule('a', undefined);
    await mute.mute(undefined);
    assert.deepEqual([mute.isRuleMuted('a'), mute.isRuleMuted('b')], [true, true]);
    await mute.unmute();
    assert.deepEqual([mute.isRuleMuted('a'), mute.isRuleMuted('b')], [false, false]);
  });

  it('is not muted by what it does not understand', () => {
    const odd = [
      null,
      1,
      'x',
      [],
      {},
      { version: 2, untilMs: null },
      { version: 1 },
      { version: 1, untilMs: 'later' },
    ];
    for (const value of odd)
      assert.equal(new AlertMute(storage(value), () => 0).isMuted, false, JSON.stringify(value));
  });
});
