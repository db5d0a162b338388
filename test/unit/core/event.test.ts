import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Emitter } from '../../../src/core/event';

describe('Emitter', () => {
  it('tells every listener, in the order in which they came', () => {
    const emitter = new Emitter<number>();
    const heard: string[] = [];
    emitter.event((value) => heard.push(`a${value}`));
    emitter.event((value) => heard.push(`b${value}`));
    emitter.fire(1);
    emitter.fire(2);
    assert.deepEqual(heard, ['a1', 'b1', 'a2', 'b2']);
  });

  it('tells nobody after the end of a subscription, or its own end', () => {
    const emitter = new Emitter<number>();
    const heard: number[] = [];
    const subscription = emitter.event((value) => heard.push(value));
    emitter.event((value) => heard.push(value * 10));
    subscription.dispose();
    subscription.dispose();
    emitter.fire(1);
    emitter.dispose();
    emitter.fire(2);
    assert.deepEqual(heard, [10]);
  });

  it('counts each subscription of one listener', () => {
    const emitter = new Emitter<number>();
    let calls = 0;
    const listener = () => void calls++;
    const first = emitter.event(listener);
    emitter.event(listener);
    first.dispose();
    emitter.fire(1);
    assert.equal(calls, 1);
  });

  it('does not tell a listener that another one ended a moment before', () => {
    const emitter = new Emitter<void>();
    const heard: string[] = [];
    emitter.event(() => late.dispose());
    const late = emitter.event(() => heard.push('late'));
    emitter.fire();
    assert.deepEqual(heard, []);
  });

  it('does not tell a listener that came while it was telling', () => {
    const emitter = new Emitter<void>();
    let late = 0;
    emitter.event(() => void emitter.event(() => late++));
    emitter.fire();
    assert.equal(late, 0);
  });

  it('gives what listeners throw to its handler, after all have heard', () => {
    const steps: string[] = [];
    const emitter = new Emitter<void>((error) => steps.push(String(error)));
    emitter.event(() => {
      throw new Error('one');
    });
    emitter.event(() => steps.push('heard'));
    emitter.fire();
    assert.deepEqual(steps, ['heard', 'Error: one']);
  });

  it('throws without a handler, after all have heard', () => {
    const emitter = new Emitter<void>();
    let heard = false;
    emitter.event(() => {
      throw new Error('one');
    });
    emitter.event(() => {
      heard = true;
    });
    assert.throws(() => emitter.fire(), /one/);
    assert.ok(heard);
  });
});
