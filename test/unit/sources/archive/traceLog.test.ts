import assert from 'node:assert/strict';
import {
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { segmentMs } from '../../../../src/sources/archive/segment';
import { blockWith, LogFolder } from './logFolder';

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
/** About 20 kB. */
const large = (id: number) => blockWith(id, `${id} `.padEnd(20_000, 'x'));

describe('a log of traces', () => {
  let folder: LogFolder;
  const segments = () => readdirSync(folder.path).filter((name) => name.endsWith('.log'));
  const pathOf = (name: string) => join(folder.path, name);

  beforeEach(() => {
    folder = new LogFolder();
  });
  afterEach(() => folder.dispose());

  it('is read by the session that comes after', async () => {
    const log = folder.log('a');
    log.append([blockWith(1), blockWith(2)]);
    await log.flush();
    log.append([blockWith(3)]);
    await log.flush();
    assert.deepEqual(await folder.ids(), [1, 2, 3]);
    const bytes = statSync(pathOf(segments()[0] ?? '')).size;
    assert.deepEqual(log.stats, { bytes, writtenSpans: 3, droppedSpans: 0 });
  });

  it('is written by itself, soon', async () => {
    const log = folder.log('a');
    log.append([blockWith(1)]);
    while (log.stats.writtenSpans === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(await folder.ids(), [1]);
  }).timeout(5000);

  it('can be read by nobody but the user', async function () {
    if (process.platform === 'win32') this.skip();
    const log = folder.log('a');
    log.append([blockWith(1)]);
    await log.flush();
    log.append([blockWith(2)]);
    log.dispose();
    await folder.log('b').clear();
    assert.equal(statSync(folder.path).mode & 0o777, 0o700);
    for (const name of readdirSync(folder.path)) assert.equal(statSync(pathOf(name)).mode & 0o777, 0o600);
  });

  it('has what came just before the window was closed', async () => {
    const log = folder.log('a');
    log.append([blockWith(1)]);
    const flushed = log.flush();
    log.append([blockWith(2)]);
    log.dispose();
    log.append([blockWith(3)]);
    await flushed;
    assert.deepEqual(await folder.ids(), [1, 2]);
  });

  it('reads all but a record that is torn, and goes on in another segment', async () => {
    const log = folder.log('a');
    for (const id of range(1, 3)) {
      log.append([blockWith(id)]);
      await log.flush();
    }
    log.dispose();
    const [name = ''] = segments();
    truncateSync(pathOf(name), statSync(pathOf(name)).size - 5);
    const next = folder.log('b');
    next.append([blockWith(4)]);
    await next.flush();
    assert.deepEqual(await folder.ids(), [1, 2, 4]);
    assert.match(folder.problems.join(), /^\d+ bytes of kept traces are damaged/);
  });

  it('reads nothing of files that are not its own, and leaves them', async () => {
    const log = folder.log('a');
    log.append([blockWith(1)]);
    await log.flush();
    writeFileSync(pathOf('notes.txt'), 'mine');
    writeFileSync(pathOf('000000000000001-x-1.log'), 'no log at all');
    assert.deepEqual(await folder.ids(), [1]);
    await log.clear();
    assert.equal(readFileSync(pathOf('notes.txt'), 'utf8'), 'mine');
  });

  it('lets segments go that are too old, and never half of one', async () => {
    const log = folder.log('a', { maxAgeMs: 3_600_000 });
    log.append([blockWith(1)]);
    await log.flush();
    folder.aheadMs = segmentMs + 1;
    log.append([blockWith(2)]);
    await log.flush();
    const [old = ''] = segments();
    const before = (Date.now() - 3_700_000 + folder.aheadMs) / 1000;
    utimesSync(pathOf(old), before, before);
    await log.retain();
    assert.deepEqual([segments().length, await folder.ids()], [1, [2]]);
  });

  it('lets the oldest segments go when they are too much', async () => {
    const log = folder.log('a', { maxBytes: 400_000 });
    for (const id of range(1, 60)) {
      log.append([large(id)]);
      await log.flush();
    }
    await log.retain();
    const left = await folder.ids();
    assert.deepEqual(left, range(60 - left.length + 1, 60));
    assert.ok(left.length >= 12 && left.length < 20, String(left));
    const onDisk = segments().reduce((sum, name) => sum + statSync(pathOf(name)).size, 0);
    assert.ok(onDisk <= 400_000, String(onDisk));
    assert.equal(log.stats.bytes, onDisk);
  });

  it('is two windows’ in one folder, and neither takes from the other', async () => {
    const [one, other] = [folder.log('one', { maxBytes: 1 }), folder.log('other')];
    one.append([blockWith(1)]);
    other.append([blockWith(2)]);
    await Promise.all([one.flush(), other.flush()]);
    await one.retain();
    other.append([blockWith(3)]);
    await other.flush();
    assert.deepEqual(await folder.ids(), [1, 2, 3]);
    // What is surely written no more counts for both.
    folder.aheadMs = 3 * segmentMs;
    await one.retain();
    assert.deepEqual(await folder.ids(), [1]);
  });

  it('is empty after it was cleared, but for what comes later', async () => {
    const log = folder.log('a');
    log.append([blockWith(1)]);
    await log.flush();
    log.append([blockWith(2)]);
    const writing = log.flush();
    log.append([blockWith(3)]);
    const cleared = log.clear();
    log.append([blockWith(4)]);
    await Promise.all([writing, cleared]);
    assert.deepEqual([segments(), await folder.ids()], [[], []]);
    await log.flush();
    assert.deepEqual(await folder.ids(), [4]);
    await log.retain();
    assert.deepEqual(await folder.ids(), [4]);
  });

  it('is empty for who comes, when one of two windows cleared it, and the other lets go what it has', async () => {
    const [one, other] = [folder.log('one'), folder.log('other')];
    other.append([blockWith(1)]);
    await other.flush();
    await one.clear();
    assert.deepEqual([segments().length, await folder.ids()], [1, []]);
    other.append([blockWith(2)]);
    await other.flush();
    assert.deepEqual(await folder.ids(), [2]);
    await other.retain();
    other.append([blockWith(3)]);
    await other.flush();
    assert.deepEqual(await folder.ids(), [2, 3]);
  });

  it('never has an attribute that is not to be written', async () => {
    const log = folder.log('a', { neverWritten: ['TEX*'] });
    log.append([blockWith(1, 'a secret')]);
    await log.flush();
    assert.deepEqual(await folder.ids(), [1]);
    assert.ok(!readFileSync(pathOf(segments()[0] ?? '')).includes('a secret'));
  });

  it('drops what comes faster than the disk takes it, and counts it', async () => {
    const log = folder.log('a');
    const blocks = range(1, 2000).map(large);
    log.append(blocks);
    await log.flush();
    const { writtenSpans, droppedSpans } = log.stats;
    assert.equal(writtenSpans + droppedSpans, 2000);
    assert.deepEqual(folder.problems, ['Traces come faster than they can be kept: some are in memory only']);
    assert.ok(droppedSpans > 200 && writtenSpans > 200, `${writtenSpans} ${droppedSpans}`);
  }).timeout(20_000);

  it('says once that it cannot write, counts what it loses, and writes again when it can', async () => {
    writeFileSync(folder.path, 'a file where the folder should be');
    const log = folder.log('a');
    for (const id of range(1, 3)) {
      log.append([blockWith(id)]);
      await log.flush();
    }
    assert.equal(log.stats.droppedSpans, 3);
    assert.equal(folder.problems.length, 1);
    assert.match(folder.problems[0] ?? '', /^Received traces cannot be kept: (EEXIST|ENOTDIR)/);
    unlinkSync(folder.path);
    folder.aheadMs = 11_000;
    log.append([blockWith(4)]);
    await log.flush();
    assert.deepEqual(await folder.ids(), [4]);
  });
});
