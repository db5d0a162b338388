import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A file of records, which one session wrote in a stretch of time. */
export interface Segment {
  readonly path: string;
  /** When it was begun, in milliseconds since the Unix epoch. */
  readonly startMs: number;
  /** Who wrote it. */
  readonly session: string;
  readonly bytes: number;
  /** When something was written into it last. */
  readonly modifiedMs: number;
}

/** How long a session writes into one segment. */
export const segmentMs = 600_000;

const pattern = /^(\d{1,16})-(\w{1,32})-\d{1,9}\.log$/;

/** The name of a session's n-th segment. */
export function segmentName(startMs: number, session: string, n: number): string {
  return `${String(Math.floor(startMs)).padStart(15, '0')}-${session}-${n}.log`;
}

/** The segments of a folder, the one that was begun last first; none when there is no folder. */
export async function listSegments(folder: string): Promise<readonly Segment[]> {
  const names = await readdir(folder).catch(noneIfMissing<string[]>([]));
  const found = await Promise.all(names.map((name) => look(folder, name)));
  return found.flat().sort((a, b) => b.startMs - a.startMs || (a.path < b.path ? 1 : -1));
}

/** Whether another session may still write into a segment: by when it was begun, since each is written for a limited time. */
export function mayBeLiving({ startMs }: Segment, nowMs: number): boolean {
  // A session of which the clock was set back looks as if it began in the future.
  return Math.abs(nowMs - startMs) <= 2 * segmentMs;
}

async function look(folder: string, name: string): Promise<readonly Segment[]> {
  const [, startMs, session] = pattern.exec(name) ?? [];
  if (startMs === undefined || session === undefined) return [];
  const path = join(folder, name);
  const file = await stat(path).catch(noneIfMissing(undefined));
  if (!file?.isFile()) return [];
  return [{ path, session, startMs: Number(startMs), bytes: file.size, modifiedMs: file.mtimeMs }];
}

function noneIfMissing<T>(none: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return none;
    throw error;
  };
}
