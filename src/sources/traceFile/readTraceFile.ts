import { type FileHandle, open } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { HumanError } from '../../core/humanError';
import { TraceFileDecoder, type TraceFileResult } from '../../core/traceFile/traceFileDecoder';
import { throwIfCancelled } from '../cancellation';
import { fileFailure } from './fileFailure';

/** Largest file that is read, in bytes after decompression. */
export const largestTraceFile = 256 * 1024 ** 2;

/** How a file is read. */
export interface ReadTraceFileOptions {
  readonly signal?: AbortSignal;
  /** 256 MB unless given. */
  readonly maxBytes?: number;
}

/**
 * Reads a trace file as it comes from the disk, gzip'd or not, whatever its name. Throws a HumanError when it cannot be
 * read or is too large, and what `isCancellation` knows; what cannot be read in it is among the problems.
 */
export async function readTraceFile(
  path: string,
  options: ReadTraceFileOptions = {},
): Promise<TraceFileResult> {
  const { signal, maxBytes = largestTraceFile } = options;
  const decoder = new TraceFileDecoder();
  let bytes = 0;
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'r');
    const plain: AsyncIterable<Uint8Array> = await plainBytes(file);
    for await (const chunk of plain) {
      throwIfCancelled(signal);
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      decoder.push(chunk);
    }
  } catch (error) {
    throw fileFailure(error, path, 'read');
  } finally {
    await file?.close();
  }
  return decoder.end();
}

/** The file's bytes, decompressed when it begins as gzip does. */
async function plainBytes(file: FileHandle): Promise<Readable> {
  const magic = Buffer.alloc(2);
  await file.read(magic, 0, 2, 0);
  const stream = file.createReadStream({ start: 0, autoClose: false, highWaterMark: 256 * 1024 });
  if (magic.readUInt16BE() !== 0x1f8b) return stream;
  // Errors of the file reach who reads the decompressed bytes; there is nothing more to do about them here.
  return pipeline(stream, createGunzip(), () => {});
}

function tooLarge(maxBytes: number): HumanError {
  return new HumanError(
    'too-large',
    `The file holds more than ${Math.round(maxBytes / 1024 ** 2)} MB of traces.`,
  );
}
