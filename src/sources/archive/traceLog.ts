import { setTimeout } from 'node:timers/promises';
import { composeBlocks } from '../../core/archive/composeBlocks';
import { decodeBlock } from '../../core/archive/decodeBlock';
import { encodeBlock } from '../../core/archive/encodeBlock';
import { nameMatcher } from '../../core/archive/nameMatcher';
import { maxPayloadBytes, recordHeader, recordKinds } from '../../core/archive/recordFrame';
import { BlockBuilder } from '../../core/columns/blockBuilder';
import { blockBytes, type SpanBlock } from '../../core/columns/spanBlock';
import type { Disposable } from '../../core/event';
import type { Clock } from '../clock';
import { readClearedMark, writeClearedMark } from './clearedMark';
import { messageOf } from './messageOf';
import { recordsOf } from './recordsOf';
import { retainSegments } from './retainSegments';
import { sayOnce } from './sayOnce';
import { listSegments } from './segment';
import { SegmentWriter } from './segmentWriter';

/** How much is kept, and what of it. */
export interface TraceLogLimits {
  readonly maxAgeMs: number;
  readonly maxBytes: number;
  /** Names of attributes that are never written; `*` stands for any characters. */
  readonly neverWritten: readonly string[];
}

/** What a log needs. */
export interface TraceLogOptions {
  readonly folder: string;
  readonly session: string;
  readonly clock: Clock;
  readonly limits: TraceLogLimits;
  /** Hears when writing begins to fail, and what could not be read. */
  readonly onProblem: (message: string) => void;
}

/** What a log did. */
export interface TraceLogStats {
  /** On the disk, of all sessions; of others as it was when it was looked at last. */
  readonly bytes: number;
  readonly writtenSpans: number;
  /** Spans that came faster than they could be written, or that the disk did not take. */
  readonly droppedSpans: number;
}

const batchMs = 300;
/** Bytes that wait to be written; what comes beyond is dropped. */
const maxWaitingBytes = 32 * 1024 ** 2;
const retryMs = 10_000;
/** Spans that are read at once: as many as the store need not put together with others. */
const readSpans = 8192;

/** Keeps what was received on the disk, in the order in which it came; a crash loses what waited, half a second of it at most. */
export class TraceLog implements Disposable {
  readonly #options: TraceLogOptions;
  readonly #writer: SegmentWriter;
  #limits: TraceLogLimits;
  #isLeftOut: ((key: string) => boolean) | undefined;
  #waiting: SpanBlock[] = [];
  /** What waits for the disk after what waits for the timer; a batch is emptied when it is taken, or forgotten. */
  readonly #batches = new Set<Batch>();
  #waitingBytes = 0;
  #timer: Disposable | undefined;
  /** The end of what the disk has been told to do. */
  #busy: Promise<void> = Promise.resolve();
  #failedAtMs: number | undefined;
  readonly #tell: (message: string) => void;
  #clearedMs = 0;
  #bytes = 0;
  #writtenSpans = 0;
  #droppedSpans = 0;
  #isDisposed = false;

  constructor(options: TraceLogOptions) {
    const { folder, session, clock } = options;
    this.#options = options;
    this.#tell = sayOnce(options.onProblem);
    this.#writer = new SegmentWriter({ folder, session, nowMs: () => clock.nowMs() }, 0);
    this.#limits = options.limits;
    this.configure(options.limits);
  }

  get stats(): TraceLogStats {
    return {
      bytes: this.#bytes,
      writtenSpans: this.#writtenSpans,
      droppedSpans: this.#droppedSpans,
    };
  }

  configure(limits: TraceLogLimits): void {
    this.#limits = limits;
    this.#isLeftOut = limits.neverWritten.length > 0 ? nameMatcher(limits.neverWritten) : undefined;
    this.#writer.maxBytes = Math.min(8 * 1024 ** 2, limits.maxBytes / 8);
  }

  /** Takes blocks to be written soon. They must not be changed, nor their buffers transferred. */
  append(blocks: readonly SpanBlock[]): void {
    for (const block of blocks) {
      const bytes = blockBytes(block);
      if (this.#isDisposed || this.#waitingBytes + bytes > maxWaitingBytes) {
        this.#drop(block.spans.id.length);
        if (!this.#isDisposed)
          this.#tell('Traces come faster than they can be kept: some are in memory only');
        continue;
      }
      this.#waiting.push(block);
      this.#waitingBytes += bytes;
    }
    if (this.#waiting.length > 0) this.#writeSoon();
  }

  /** Resolves when all that was taken is written, or dropped. */
  flush(): Promise<void> {
    this.#timer?.dispose();
    this.#timer = undefined;
    const batch: Batch = { blocks: this.#waiting };
    this.#waiting = [];
    this.#batches.add(batch);
    return this.#then(() => this.#write(this.#take(batch)));
  }

  /** Deletes what is too old, too much or cleared. */
  retain(): Promise<void> {
    return this.#then(() => this.#retain());
  }

  /** Forgets everything that was taken until now; what another window is writing is not read any more, and goes when that notices. */
  clear(): Promise<void> {
    this.#takeAll();
    return this.#then(async () => {
      const { folder, session, clock } = this.#options;
      this.#clearedMs = clock.nowMs();
      await this.#writer.close();
      await writeClearedMark(folder, this.#clearedMs, session);
      await this.#retain();
      // So that nothing that comes later has the time of the mark.
      await setTimeout(2);
    });
  }

  /** What was written since a time, by any session, the newest segment first. */
  async *read(sinceMs: number): AsyncGenerator<SpanBlock> {
    let lost = 0;
    const onLost = (bytes: number) => {
      lost += bytes;
    };
    const { folder } = this.#options;
    const options = { kind: recordKinds.spans, sinceMs, onLost };
    let builder = new BlockBuilder();
    for await (const { payload } of recordsOf(folder, await listSegments(folder), options)) {
      if (!decodeBlock(payload, builder)) lost += payload.length;
      if (builder.spanCount < readSpans) continue;
      yield builder.take();
      builder = new BlockBuilder();
    }
    if (builder.traceCount > 0) yield builder.take();
    if (lost > 0) this.#tell(`${lost} bytes of kept traces are damaged and were passed over`);
  }

  /** Writes what waits at once, and takes nothing any more. */
  dispose(): void {
    this.#timer?.dispose();
    this.#isDisposed = true;
    void this.#then(() => this.#writer.close());
    const blocks = this.#takeAll();
    if (blocks.length === 0) return;
    try {
      const records = [...composeBlocks(blocks, this.#isLeftOut)].map((block) => this.#record(block));
      this.#writer.writeLast(records.flat());
    } catch (error) {
      this.#tell(`The last traces could not be kept: ${messageOf(error)}`);
    }
  }

  #writeSoon(): void {
    this.#timer ??= this.#options.clock.setTimeout(() => {
      this.#timer = undefined;
      void this.flush();
    }, batchMs);
  }

  /** Does something after all that was asked for before; never rejects. */
  #then(work: () => Promise<void>): Promise<void> {
    this.#busy = this.#busy
      .then(work)
      .catch((error: unknown) => this.#tell(`Kept traces cannot be looked after: ${messageOf(error)}`));
    return this.#busy;
  }

  async #write(blocks: readonly SpanBlock[]): Promise<void> {
    const { clock } = this.#options;
    if (blocks.length === 0) return;
    if (this.#failedAtMs !== undefined && clock.nowMs() - this.#failedAtMs < retryMs) {
      this.#drop(spansOf(blocks));
      return;
    }
    let left = spansOf(blocks);
    try {
      for (const block of composeBlocks(blocks, this.#isLeftOut)) {
        const record = this.#record(block);
        if (record.length > 0) {
          await this.#writer.write(record);
          this.#writtenSpans += block.spans.id.length;
          for (const { length } of record) this.#bytes += length;
        }
        left -= block.spans.id.length;
      }
      this.#failedAtMs = undefined;
    } catch (error) {
      this.#drop(left);
      this.#failedAtMs = clock.nowMs();
      this.#tell(`Received traces cannot be kept: ${messageOf(error)}`);
    }
  }

  async #retain(): Promise<void> {
    const { folder, session, clock } = this.#options;
    const clearedMs = await readClearedMark(folder);
    // Another window has cleared: what this one wrote before goes too, when nobody writes into it any more.
    if (clearedMs > this.#clearedMs) await this.#writer.close();
    this.#clearedMs = clearedMs;
    const { maxAgeMs, maxBytes } = this.#limits;
    const asked = {
      session,
      clearedMs,
      maxAgeMs,
      maxBytes,
      nowMs: clock.nowMs(),
      writing: this.#writer.path,
    };
    this.#bytes = await retainSegments(folder, asked);
  }

  /** The parts of a block's record; none when it is too large for one. */
  #record(block: SpanBlock): readonly Uint8Array[] {
    const payload = encodeBlock(block);
    if (payload.length > maxPayloadBytes) {
      this.#drop(block.spans.id.length);
      return [];
    }
    return [recordHeader(recordKinds.spans, this.#options.clock.nowMs(), payload), payload];
  }

  #take(batch: Batch): readonly SpanBlock[] {
    this.#batches.delete(batch);
    const { blocks } = batch;
    batch.blocks = [];
    for (const block of blocks) this.#waitingBytes -= blockBytes(block);
    return blocks;
  }

  #takeAll(): readonly SpanBlock[] {
    const last: Batch = { blocks: this.#waiting };
    this.#waiting = [];
    return [...this.#batches, last].flatMap((batch) => this.#take(batch));
  }

  #drop(spans: number): void {
    this.#droppedSpans += spans;
  }
}

interface Batch {
  blocks: SpanBlock[];
}

function spansOf(blocks: readonly SpanBlock[]): number {
  return blocks.reduce((sum, block) => sum + block.spans.id.length, 0);
}
