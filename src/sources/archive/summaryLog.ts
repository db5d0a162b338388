import { setImmediate, setTimeout } from 'node:timers/promises';
import { recordHeader, recordKinds } from '../../core/archive/recordFrame';
import { joinSightings } from '../../core/summaries/joinSightings';
import type { MinuteSummary } from '../../core/summaries/minuteSummary';
import { decodeMinutes, encodeMinutes } from '../../core/summaries/storedMinutes';
import { summaryDays } from '../../core/summaries/summaryTracker';
import { readClearedMark, writeClearedMark } from './clearedMark';
import { messageOf } from './messageOf';
import { recordsOf } from './recordsOf';
import { deleteFile } from './retainSegments';
import { sayOnce } from './sayOnce';
import { listSegments, mayBeLiving, type Segment } from './segment';
import { SegmentWriter } from './segmentWriter';

/** What a log of summaries needs. */
export interface SummaryLogOptions {
  readonly folder: string;
  readonly session: string;
  readonly nowMs: () => number;
  /** Hears when writing fails. */
  readonly onProblem: (message: string) => void;
}

const dayMs = 86_400_000;
const minutesOfDay = 1440;
/** Segments of windows that are put together when there are more. */
const manyPieces = 8;
const maxBytes = 256 * 1024 ** 2;
const rowsOfRecord = 500;

/** Keeps summaries of minutes for 14 days: what windows saw, in segments of their own, which are put together to one a day. */
export class SummaryLog {
  readonly #options: SummaryLogOptions;
  readonly #writer: SegmentWriter;
  readonly #tell: (message: string) => void;
  #daySegments = 0;
  #clearedMs = 0;
  #busy: Promise<void> = Promise.resolve();

  constructor(options: SummaryLogOptions) {
    this.#options = options;
    this.#tell = sayOnce(options.onProblem);
    this.#writer = new SegmentWriter(options, 4 * 1024 ** 2);
  }

  /** Adds what was seen. */
  write(rows: readonly MinuteSummary[]): Promise<void> {
    return this.#then(() => this.#writer.write(recordOf(rows, this.#options.nowMs())));
  }

  /** The same at once, before everything ends. */
  writeLast(rows: readonly MinuteSummary[]): void {
    void this.#then(() => this.#writer.close());
    if (rows.length > 0) this.#writer.writeLast(recordOf(rows, this.#options.nowMs()));
  }

  /** What is known of some minutes, both included, ordered by minute. */
  async read(
    minutes: readonly [from: number, to: number],
    isWanted: (row: MinuteSummary) => boolean = () => true,
  ): Promise<readonly MinuteSummary[]> {
    // After what was asked for before, and before what is asked for later: files are not put together meanwhile.
    const read = this.#busy.then(() => this.#read(minutes, isWanted));
    this.#busy = read.then(
      () => undefined,
      () => undefined,
    );
    return read;
  }

  /** Lets go what is older than 14 days, and puts the rest together when it lies in many pieces. */
  tidy(): Promise<void> {
    return this.#then(async () => {
      const clearedMs = await readClearedMark(this.#options.folder);
      // Another window has cleared: what this one wrote before goes too.
      if (clearedMs > this.#clearedMs) await this.#writer.close();
      this.#clearedMs = clearedMs;
      const kept: Segment[] = [];
      let bytes = 0;
      for (const segment of await this.#endedSegments()) {
        bytes += segment.bytes;
        const isOld = segment.startMs < this.#oldestMs() - dayMs;
        if (isOld || segment.modifiedMs <= clearedMs || bytes > maxBytes) await deleteFile(segment.path);
        else kept.push(segment);
      }
      await this.#putTogether(kept);
    });
  }

  /** Forgets everything. */
  clear(): Promise<void> {
    return this.#then(async () => {
      const { folder, session, nowMs } = this.#options;
      await this.#writer.close();
      this.#clearedMs = nowMs();
      await writeClearedMark(folder, this.#clearedMs, session);
      for (const { path } of await this.#endedSegments()) await deleteFile(path);
      // So that nothing that comes later has the time of the mark.
      await setTimeout(2);
    });
  }

  async #read(
    [from, to]: readonly [number, number],
    isWanted: (row: MinuteSummary) => boolean,
  ): Promise<readonly MinuteSummary[]> {
    const oldest = Math.floor(this.#oldestMs() / 60_000);
    for (let attempt = 1; ; attempt++) {
      let isGone = false;
      const onGone = () => {
        isGone = true;
      };
      const rows = await this.#rowsIn(await this.#segments(), [Math.max(oldest, from), to], onGone);
      // Another window has put some together: what they held is elsewhere now.
      if (!isGone || attempt === 3) return joinSightings(rows.filter(isWanted));
    }
  }

  /** Writes one segment for each day that pieces are of, with what its segment had; a crash in between leaves both, which are the same. */
  async #putTogether(segments: readonly Segment[]): Promise<void> {
    const pieces = segments.filter(({ startMs }) => startMs % dayMs !== 0);
    if (pieces.length <= manyPieces) return;
    // What is cleared meanwhile must not come back.
    const timeMs = this.#options.nowMs();
    const kept: readonly [number, number] = [Math.floor(this.#oldestMs() / 60_000), 0xffff_ffff];
    const byDay = new Map<number, MinuteSummary[]>();
    for (const row of await this.#rowsIn(pieces, kept)) {
      const day = Math.floor(row.minute / minutesOfDay);
      byDay.set(day, [...(byDay.get(day) ?? []), row]);
    }
    const done = [...pieces];
    for (const [day, rows] of byDay) {
      const old = segments.filter(({ startMs }) => startMs === day * dayMs);
      await this.#writeDay(day, joinSightings([...(await this.#rowsIn(old, kept)), ...rows]), timeMs);
      done.push(...old);
    }
    for (const { path } of done) await deleteFile(path);
  }

  async #writeDay(day: number, rows: readonly MinuteSummary[], timeMs: number): Promise<void> {
    const { folder } = this.#options;
    const session = `${this.#options.session}d${++this.#daySegments}`;
    const nowMs = () => day * dayMs;
    const writer = new SegmentWriter({ folder, session, nowMs }, Number.POSITIVE_INFINITY);
    for (let i = 0; i < rows.length; i += rowsOfRecord) {
      await writer.write(recordOf(rows.slice(i, i + rowsOfRecord), timeMs));
      await setImmediate();
    }
    await writer.close();
  }

  async #rowsIn(
    segments: readonly Segment[],
    [from, to]: readonly [number, number],
    onGone?: () => void,
  ): Promise<readonly MinuteSummary[]> {
    const rows: MinuteSummary[] = [];
    const options = { kind: recordKinds.minutes, sinceMs: 0, ...(onGone ? { onGone } : {}) };
    for await (const { payload } of recordsOf(this.#options.folder, segments, options))
      for (const row of decodeMinutes(payload, from, to)) rows.push(row);
    return rows;
  }

  #segments(): Promise<readonly Segment[]> {
    return listSegments(this.#options.folder);
  }

  async #endedSegments(): Promise<readonly Segment[]> {
    const { session, nowMs } = this.#options;
    return (await this.#segments()).filter(
      (segment) =>
        segment.path !== this.#writer.path &&
        (segment.session.startsWith(session) || !mayBeLiving(segment, nowMs())),
    );
  }

  #oldestMs(): number {
    return this.#options.nowMs() - summaryDays * dayMs;
  }

  /** Does something after all that was asked for before; never rejects. */
  #then(work: () => Promise<void>): Promise<void> {
    this.#busy = this.#busy
      .then(work)
      .catch((error: unknown) => this.#tell(`Summaries cannot be kept: ${messageOf(error)}`));
    return this.#busy;
  }
}

function recordOf(rows: readonly MinuteSummary[], timeMs: number): readonly Uint8Array[] {
  const payload = encodeMinutes(rows);
  return [recordHeader(recordKinds.minutes, timeMs, payload), payload];
}
