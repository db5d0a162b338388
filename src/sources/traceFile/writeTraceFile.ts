import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Trace } from '../../core/trace/trace';
import { jaegerJsonText } from '../../core/traceFile/encodeJaegerJson';
import { otlpJsonText } from '../../core/traceFile/encodeOtlpJson';
import type { TraceFileFormat } from '../../core/traceFile/traceFileDecoder';
import { fileFailure } from './fileFailure';

/** Traces as the text of a file, in pieces. */
export function traceFileText(traces: Iterable<Trace>, format: TraceFileFormat): Iterable<string> {
  return format === 'jaeger' ? jaegerJsonText(traces) : otlpJsonText(traces);
}

/**
 * Writes traces to a file, gzip'd when its name ends in `.gz`. The file is replaced when all of it is written, not before.
 * Throws a HumanError when it cannot be written.
 */
export async function writeTraceFile(
  path: string,
  traces: Iterable<Trace>,
  format: TraceFileFormat,
): Promise<void> {
  const unfinished = `${path}.${randomBytes(4).toString('hex')}.part`;
  const text = Readable.from(traceFileText(traces, format));
  try {
    const file = createWriteStream(unfinished, { flags: 'wx' });
    if (path.endsWith('.gz')) await pipeline(text, createGzip(), file);
    else await pipeline(text, file);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw fileFailure(error, path, 'write');
  }
}
