import { readFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { type RecordKind, readRecords, type StoredRecord } from '../../core/archive/recordFrame';
import { readClearedMark } from './clearedMark';
import type { Segment } from './segment';

/** Segments larger than this are no segments of ours. */
const largestSegment = 256 * 1024 ** 2;

/** What is asked for. */
export interface ReadOptions {
  readonly kind: RecordKind;
  /** What was written before is left out. */
  readonly sinceMs: number;
  /** Hears how many bytes could not be read. */
  readonly onLost?: (bytes: number) => void;
  /** Hears that a segment was deleted since it was listed. */
  readonly onGone?: () => void;
}

/** The records of segments of a folder, one segment after the other; between two records, others get their turn. */
export async function* recordsOf(
  folder: string,
  segments: readonly Segment[],
  options: ReadOptions,
): AsyncGenerator<StoredRecord> {
  const sinceMs = Math.max(options.sinceMs, (await readClearedMark(folder)) + 1);
  for (const { path, modifiedMs, bytes } of segments) {
    // The file system's clock is coarser than ours.
    if (modifiedMs < sinceMs - 1000 || bytes > largestSegment) continue;
    const file = await readFileIfThere(path);
    if (!file) options.onGone?.();
    const { records, lostBytes } = readRecords(file ?? new Uint8Array(0), options.kind);
    if (lostBytes > 0) options.onLost?.(lostBytes);
    for (const record of records) {
      if (record.timeMs < sinceMs) continue;
      yield record;
      await setImmediate();
    }
  }
}

/** Another window may have deleted it meanwhile. */
async function readFileIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
