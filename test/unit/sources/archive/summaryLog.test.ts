import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { MinuteSummary } from '../../../../src/core/summaries/minuteSummary';
import { ValueSummary } from '../../../../src/core/summaries/valueSummary';
import { segmentMs } from '../../../../src/sources/archive/segment';
import { SummaryLog } from '../../../../src/sources/archive/summaryLog';

const dayMinutes = 1440;
/** Noon of a day, in minutes since the epoch. */
const noon = 20_000 * dayMinutes + dayMinutes / 2;
const all = [0, 0xffff_ffff] as const;

function rowOf(minute: number, inferences: number, rest: Partial<MinuteSummary> = {}): MinuteSummary {
  const value = new ValueSummary();
  for (let i = 0; i < inferences; i++) value.add(100 + i);
  const values = new Map([['duration', value]]);
  const counted = { errors: 0, predictions: new Map([['cat', inferences]]), otherPredictions: 0 };
  const seen = { source: 'test', service: 'svc', observer: 'a.0', revision: 1 };
  return { minute: noon + minute, inferences, values, ...counted, ...seen, ...rest };
}

describe('a log of summaries', () => {
  let folder: string;
  let nowMs: number;
  let problems: string[];
  let logs: SummaryLog[];
  const log = (session: string) => {
    const onProblem = (message: string) => problems.push(message);
    const made = new SummaryLog({ folder, session, nowMs: () => nowMs, onProblem });
    logs.push(made);
    return made;
  };
  const files = () => readdirSync(folder).filter((name) => name.endsWith('.log'));
  const counts = async (of: SummaryLog) =>
    (await of.read(all)).map(({ minute, inferences }) => [minute - noon, inferences]);

  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'whyspan-')), 'summaries');
    nowMs = noon * 60_000;
    problems = [];
    logs = [];
  });
  afterEach(() => {
    for (const each of logs) each.writeLast([]);
    assert.deepEqual(problems, []);
    rmSync(join(folder, '..'), { recursive: true, force: true });
  });

  it('is read by the session that comes after, minute by minute', async () => {
    await log('a').write([rowOf(1, 5), rowOf(0, 3)]);
    const next = log('b');
    assert.deepEqual(await counts(next), [
      [0, 3],
      [1, 5],
    ]);
    assert.deepEqual((await next.read([noon + 1, noon + 5])).length, 1);
    assert.equal((await next.read(all, ({ service }) => service !== 'svc')).length, 0);
  });

  it('has what was seen last, and of two windows what saw more', async () => {
    const [one, other] = [log('one'), log('other')];
    await one.write([rowOf(0, 3)]);
    await one.write([rowOf(0, 4, { revision: 2 })]);
    await other.write([rowOf(0, 2, { observer: 'b.0' }), rowOf(1, 7, { observer: 'b.0' })]);
    assert.deepEqual(await counts(one), [
      [0, 4],
      [1, 7],
    ]);
  });

  it('lies in one file a day after some time, and is the same', async () => {
    for (let session = 0; session < 12; session++) {
      const writer = log(`s${session}`);
      await writer.write([rowOf(session - 700, session + 1, { observer: `s${session}.0` })]);
      await writer.write([rowOf(session - 800, 1, { observer: `s${session}.0` })]);
      nowMs += 1000;
    }
    const last = log('last');
    const before = await counts(last);
    assert.equal(before.length, 24);
    nowMs += 3 * segmentMs;
    await last.tidy();
    // Twelve o'clock less 800 minutes is yesterday.
    assert.equal(files().length, 2);
    assert.deepEqual(await counts(last), before);
    for (const name of files()) assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600);
    await last.tidy();
    assert.equal(files().length, 2);
  });

  it('is put together again and again, by two windows at once', async () => {
    const expected = new Map<number, number>();
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 10; i++) {
        const minute = i * 7 - 30;
        const seen = round * 10 + i + 1;
        await log(`r${round}i${i}`).write([rowOf(minute, seen, { observer: `r${round}i${i}.0` })]);
        expected.set(minute, seen);
      }
      nowMs += 3 * segmentMs;
      const [one, other] = [log(`one${round}`), log(`other${round}`)];
      await Promise.all([one.tidy(), other.tidy(), counts(one)]);
      assert.deepEqual(await counts(other), [...expected]);
    }
    assert.ok(files().length <= 4, files().join());
  });

  it('keeps 14 days', async () => {
    const writer = log('a');
    const days = [15, 14, 13, 1].map((day) => rowOf(-day * dayMinutes + 5, day));
    await writer.write(days);
    assert.deepEqual(
      (await counts(writer)).map(([, inferences]) => inferences),
      [14, 13, 1],
    );
    nowMs += 16 * dayMinutes * 60_000;
    await log('b').tidy();
    assert.deepEqual(files(), []);
  });

  it('loses a record that is torn, and not the others', async () => {
    const writer = log('a');
    await writer.write([rowOf(0, 1)]);
    await writer.write([rowOf(1, 1)]);
    const [name = ''] = files();
    truncateSync(join(folder, name), statSync(join(folder, name)).size - 3);
    assert.deepEqual(await counts(log('b')), [[0, 1]]);
  });

  it('is empty after it was cleared in any window, but for what comes later', async () => {
    const [one, other] = [log('one'), log('other')];
    await one.write([rowOf(0, 1)]);
    await other.write([rowOf(1, 1)]);
    // Files have the time of the wall.
    nowMs = Date.now() + 5;
    await new Promise((resolve) => setTimeout(resolve, 30));
    await one.clear();
    assert.deepEqual(await counts(one), []);
    nowMs = Date.now();
    await other.write([rowOf(Math.floor(nowMs / 60_000) - noon, 2)]);
    assert.equal((await counts(one)).length, 1);
    await other.tidy();
    assert.equal((await counts(one)).length, 1);
  });

  it('writes what it is told last', async () => {
    const writer = log('a');
    const writing = writer.write([rowOf(0, 1)]);
    writer.writeLast([rowOf(1, 2)]);
    await writing;
    assert.equal((await counts(log('b'))).length, 2);
  });
});
