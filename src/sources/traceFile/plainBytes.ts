import { type FileHandle, open } from 'node:fs/promises';
import { pipeline, Readable, Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { HumanError } from '../../core/humanError';
import { throwIfCancelled } from '../cancellation';
import { fileFailure } from './fileFailure';

/** Largest file that is read, in bytes after decompression. */
export const largestTraceFile = 256 * 1024 ** 2;

/** A file as it lies on the disk, or its bytes where another file system has it. */
export type FileSource =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'bytes'; readonly name: string; readonly bytes: Uint8Array };

/** How a file is read. */
export interface ReadPlainOptions {
  readonly signal?: AbortSignal | undefined;
  /** 256 MB unless given. */
  readonly maxBytes?: number | undefined;
  /** Hears how much of the file was read, before decompression: from 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

const pieceBytes = 256 * 1024;

/**
 * Gives a file's bytes to `onChunk`, decompressed when it begins as gzip does, whatever its name. Throws a HumanError when it cannot be
 * read or is too large, and what `isCancellation` knows.
 */
export async function readPlainBytes(
  source: FileSource,
  onChunk: (chunk: Uint8Array) => void,
  options: ReadPlainOptions = {},
): Promise<void> {
  const { signal, maxBytes = largestTraceFile } = options;
  let file: FileHandle | undefined;
  let bytes = 0;
  try {
    if (source.kind === 'path') file = await open(source.path, 'r');
    const opened = source.kind === 'path' && file ? await openedFile(file) : openedBytes(source);
    const plain: AsyncIterable<Uint8Array> = plainStream(opened, options.onProgress);
    for await (const chunk of plain) {
      throwIfCancelled(signal);
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      onChunk(chunk);
    }
  } catch (error) {
    throw fileFailure(error, source.kind === 'path' ? source.path : source.name, 'read');
  } finally {
    await file?.close();
  }
}

/** That a file has more than Whyspan reads. */
export function tooLarge(maxBytes: number): HumanError {
  return new HumanError(
    'too-large',
    `The file holds more than ${Math.round(maxBytes / 1024 ** 2)} MB of traces.`,
  );
}

interface OpenedSource {
  readonly stream: Readable;
  readonly size: number;
  readonly isGzip: boolean;
}

async function openedFile(file: FileHandle): Promise<OpenedSource> {
  const magic = Buffer.alloc(2);
  await file.read(magic, 0, 2, 0);
  const { size } = await file.stat();
  const stream = file.createReadStream({ start: 0, autoClose: false, highWaterMark: pieceBytes });
  return { stream, size, isGzip: magic.readUInt16BE() === 0x1f8b };
}

function openedBytes(source: FileSource): OpenedSource {
  const bytes = source.kind === 'bytes' ? source.bytes : new Uint8Array();
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return { stream: Readable.from(pieces(bytes)), size: bytes.length, isGzip };
}

function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

function plainStream({ stream, size, isGzip }: OpenedSource, onProgress?: (share: number) => void): Readable {
  let read = 0;
  const counted = new Transform({
    transform(chunk: Uint8Array, _, done) {
      read += chunk.length;
      onProgress?.(size === 0 ? 1 : Math.min(1, read / size));
      done(null, chunk);
    },
  });
  // Errors of the file reach who reads the decompressed bytes; there is nothing more to do about them here.
  const ignore = () => undefined;
  return isGzip ? pipeline(stream, counted, createGunzip(), ignore) : pipeline(stream, counted, ignore);
}
