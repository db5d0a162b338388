import { unlink } from 'node:fs/promises';
import { listSegments, mayBeLiving, type Segment } from './segment';

/** What stays of a folder, and who asks. */
export interface Retention {
  readonly nowMs: number;
  readonly maxAgeMs: number;
  readonly maxBytes: number;
  /** What was written before is let go. */
  readonly clearedMs: number;
  /** The session that asks: its segments are its own to delete, but for the one that it writes. */
  readonly session: string;
  readonly writing: string | undefined;
}

/** Deletes what is too old or too much, in whole segments, the oldest first; never one that somebody may still write into. Gives the bytes left. */
export async function retainSegments(folder: string, retention: Retention): Promise<number> {
  let left = 0;
  let isFull = false;
  // The newest first: what is beyond the size is what is oldest.
  for (const segment of await listSegments(folder)) {
    isFull ||= left + segment.bytes > retention.maxBytes;
    const isUnwanted =
      isFull ||
      segment.modifiedMs < retention.nowMs - retention.maxAgeMs ||
      segment.modifiedMs <= retention.clearedMs;
    if (isUnwanted && mayDelete(segment, retention)) await deleteFile(segment.path);
    else left += segment.bytes;
  }
  return left;
}

function mayDelete(segment: Segment, { session, writing, nowMs }: Retention): boolean {
  if (segment.path === writing) return false;
  return segment.session === session || !mayBeLiving(segment, nowMs);
}

/** Deletes a file, which another window may have deleted before. */
export async function deleteFile(path: string): Promise<void> {
  await unlink(path).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  });
}
