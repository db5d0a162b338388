import { readFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { type RecordKind, readRecords, type StoredRecord } from '../../core/archive/recordFrame';
import { readClearedMark } from './clearedMark';
import { listSegments } from './segment';

/** Segments larger than this are no segments of ours. */
const largestSegment = 256 * 1024 ** 2;

/** What is asked for. */
export interface ReadOptions {
  readonly kind: RecordKind;
  /** What was written before is left out. */
  readonly sinceMs: number;
  /** Hears how many bytes could not be read. */
  readonly onLost?: (bytes: number) => void;
}

/** The records of a folder, segment by segment, the newest segment first; between two, others get their turn. */
export async function* readSegments(folder: string, options: ReadOptions): AsyncGenerator<StoredRecord> {
  const sinceMs = Math.max(options.sinceMs, (await readClearedMark(folder)) + 1);
  for (const { path, modifiedMs, bytes } of await listSegments(folder)) {
    // The file system's clock is coarser than ours.
    if (modifiedMs < sinceMs - 1000 || bytes > largestSegment) continue;
    const { records, lostBytes } = readRecords(await readFileIfThere(path), options.kind);
    if (lostBytes > 0) options.onLost?.(lostBytes);
    for (const record of records) {
      if (record.timeMs < sinceMs) continue;
      yield record;
      await setImmediate();
    }
  }
}

/** Another window may have deleted it meanwhile. */
async function readFileIfThere(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Uint8Array(0);
    throw error;
  }
}
