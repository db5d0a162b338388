import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { StoryClock } from '../../../../tools/start/storyClock.mjs';

describe('the story’s clock', () => {
  let commands: string[];
  let said: string[];

  let nowMs: number;
  let waiting: { readonly run: () => void; readonly atMs: number }[];

  beforeEach(() => {
    [commands, said, nowMs, waiting] = [[], [], 0, []];
  });

  const later = (run: () => void, ms: number) => {
    const timer = { run, atMs: nowMs + ms };
    waiting.push(timer);
    return () => {
      waiting = waiting.filter((other) => other !== timer);
    };
  };
  function pass(ms: number): void {
    nowMs += ms;
    const due = waiting.filter(({ atMs }) => atMs <= nowMs);
    waiting = waiting.filter(({ atMs }) => atMs > nowMs);
    for (const { run } of due) run();
  }
  const clock = (timetable?: { slowAfterMs: number; fastAfterMs: number }) =>
    new StoryClock({
      timetable,
      later,
      command: (line) => commands.push(line),
      say: (text) => said.push(text),
    });
  const usual = { slowAfterMs: 60_000, fastAfterMs: 300_000 };

  it('does not run before the first span has arrived', () => {
    clock(usual);
    pass(600_000);
    assert.deepEqual([commands, said], [[], []]);
  });

  it('makes the storage slow and fast again, on time, once, and says so when it happens', () => {
    const story = clock(usual);
    story.begin();
    story.begin();
    pass(59_999);
    assert.deepEqual([commands, said.length], [[], 1]);
    pass(1);
    assert.deepEqual([commands, said.length], [['slow'], 2]);
    assert.match(said[1] ?? '', /^the storage is slow now: watch /);
    pass(240_000);
    story.begin();
    pass(600_000);
    assert.deepEqual([commands, said.length], [['slow', 'fast'], 3]);
  });

  it('steps back when the user takes over, and says so once', () => {
    const story = clock(usual);
    story.begin();
    pass(60_000);
    story.stepBack();
    story.stepBack();
    pass(600_000);
    assert.deepEqual(commands, ['slow']);
    assert.match(said.at(-1) ?? '', /nothing changes by itself$/);
    assert.equal(said.length, 3);
  });

  it('does not begin when the user was faster than the first span', () => {
    const story = clock(usual);
    story.stepBack();
    story.begin();
    pass(600_000);
    assert.deepEqual([commands, said], [[], []]);
  });

  it('says nothing and does nothing without a timetable', () => {
    const story = clock();
    story.begin();
    story.stepBack();
    pass(600_000);
    assert.deepEqual([commands, said], [[], []]);
  });
});
