import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * When a folder was cleared last, in milliseconds since the Unix epoch; 0 for never. What was written before counts for nothing, also in
 * segments that another window was writing then.
 */
export async function readClearedMark(folder: string): Promise<number> {
  try {
    const ms = Number(await readFile(join(folder, 'cleared'), 'utf8'));
    return Number.isFinite(ms) ? ms : 0;
  } catch {
    return 0;
  }
}

/** Says when a folder was cleared. */
export async function writeClearedMark(folder: string, ms: number, session: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const unfinished = join(folder, `cleared.${session}`);
  await writeFile(unfinished, String(ms), { mode: 0o600 });
  await rename(unfinished, join(folder, 'cleared'));
}
