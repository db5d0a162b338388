import { TraceFileDecoder, type TraceFileResult } from '../../core/traceFile/traceFileDecoder';
import { type ReadPlainOptions, readPlainBytes } from './plainBytes';

/**
 * Reads a trace file as it comes from the disk, gzip'd or not, whatever its name. Throws a HumanError when it cannot be
 * read or is too large, and what `isCancellation` knows; what cannot be read in it is among the problems.
 */
export async function readTraceFile(path: string, options: ReadPlainOptions = {}): Promise<TraceFileResult> {
  const decoder = new TraceFileDecoder();
  await readPlainBytes({ kind: 'path', path }, (chunk) => decoder.push(chunk), options);
  return decoder.end();
}
