import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { isPackedSites, type PackedSites } from '../../core/mapping/indexedFile';

/** A source file as it was when it was read. */
export interface KeptFile {
  /** Its URI. */
  readonly key: string;
  readonly mtimeMs: number;
  /** Bytes. */
  readonly size: number;
  readonly sites: PackedSites;
}

/** The first line of the file: what it is, and of which format. Another format is read as if there were nothing. */
const header = '{"whyspan":"code index","format":1}';
const pieceLength = 65_536;

/** What was kept of a workspace's source files, a line each, so that none of it holds up the editor. Lines that are broken are left out. */
export async function* readKeptIndex(file: string): AsyncGenerator<KeptFile> {
  const input = createReadStream(file, 'utf8');
  // The error is thrown by the loop below, too.
  input.on('error', () => undefined);
  let isFirst = true;
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (isFirst && line !== header) return;
      const kept = isFirst ? undefined : parseLine(line);
      isFirst = false;
      if (kept) yield kept;
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  } finally {
    input.destroy();
  }
}

/** Keeps source files in place of what was kept before; piece by piece, and all or nothing. */
export async function writeKeptIndex(file: string, files: Iterable<KeptFile>): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  const target = await open(temporary, 'w');
  try {
    let piece = `${header}\n`;
    for (const kept of files) {
      piece += `${JSON.stringify(kept)}\n`;
      if (piece.length < pieceLength) continue;
      await target.appendFile(piece);
      piece = '';
    }
    await target.appendFile(piece);
    await target.close();
    await rename(temporary, file);
  } catch (error) {
    await target.close();
    await rm(temporary, { force: true });
    throw error;
  }
}

function parseLine(line: string): KeptFile | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (!('key' in value && 'mtimeMs' in value && 'size' in value && 'sites' in value)) return undefined;
  const { key, mtimeMs, size, sites } = value;
  const isSound = typeof key === 'string' && typeof mtimeMs === 'number' && typeof size === 'number';
  return isSound && isPackedSites(sites) ? { key, mtimeMs, size, sites } : undefined;
}
