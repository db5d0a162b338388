import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { segmentMs, segmentName } from './segment';

/** What a writer of segments needs. */
export interface SegmentWriterOptions {
  readonly folder: string;
  /** Names this session among all that write into the folder: letters and digits. */
  readonly session: string;
  readonly nowMs: () => number;
}

/** Appends to segments of its own, which only the user may read; begins another when one is old or large. One write at a time. */
export class SegmentWriter {
  readonly #options: SegmentWriterOptions;
  /** Bytes from which on another segment is begun. */
  maxBytes: number;
  #file: FileHandle | undefined;
  #path: string | undefined;
  #startMs = 0;
  #bytes = 0;
  #count = 0;

  constructor(options: SegmentWriterOptions, maxBytes: number) {
    this.#options = options;
    this.maxBytes = maxBytes;
  }

  /** The segment that is being written, if there is one. */
  get path(): string | undefined {
    return this.#path;
  }

  async write(parts: readonly Uint8Array[]): Promise<void> {
    try {
      const file = await this.#open();
      const { bytesWritten } = await file.writev([...parts]);
      this.#bytes += bytesWritten;
      if (bytesWritten < lengthOf(parts)) throw new Error('The disk took only a part of what was written');
    } catch (error) {
      // What was half written is torn; readers pass over it.
      await this.close();
      throw error;
    }
  }

  /** Ends the segment; what is written next goes into another. */
  async close(): Promise<void> {
    const file = this.#file;
    this.#file = this.#path = undefined;
    await file?.close();
  }

  /** Writes before everything ends, into a segment of its own: a write that is under way stays whole. */
  writeLast(parts: readonly Uint8Array[]): void {
    mkdirSync(this.#options.folder, { recursive: true, mode: 0o700 });
    const file = openSync(this.#nextPath(), 'ax', 0o600);
    try {
      writeSync(file, Buffer.concat(parts));
    } finally {
      closeSync(file);
    }
  }

  async #open(): Promise<FileHandle> {
    const ageMs = this.#options.nowMs() - this.#startMs;
    const isOver = ageMs > segmentMs || ageMs < 0 || this.#bytes >= this.maxBytes;
    if (this.#file && !isOver) return this.#file;
    await this.close();
    await mkdir(this.#options.folder, { recursive: true, mode: 0o700 });
    const path = this.#nextPath();
    this.#file = await open(path, 'ax', 0o600);
    this.#path = path;
    this.#startMs = this.#options.nowMs();
    this.#bytes = 0;
    return this.#file;
  }

  #nextPath(): string {
    const { folder, session, nowMs } = this.#options;
    return join(folder, segmentName(nowMs(), session, ++this.#count));
  }
}

function lengthOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}
