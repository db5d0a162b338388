import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Trace } from '../../core/trace/trace';
import type { TraceFileFormat } from '../../core/traceFile/traceFileDecoder';
import { traceFileText } from './writeTraceFile';

/** The bytes of a file of traces, for a file system that takes all of them at once. */
export async function traceFileBytes(
  traces: Iterable<Trace>,
  { format, isGzip }: { readonly format: TraceFileFormat; readonly isGzip: boolean },
): Promise<Uint8Array> {
  const text = Buffer.from([...traceFileText(traces, format)].join(''));
  return isGzip ? promisify(gzip)(text) : text;
}
