import { TraceFileDecoder, type TraceFileResult } from '../../../../src/core/traceFile/traceFileDecoder';

/** What a file with this text holds, given in chunks of a size in bytes. */
export function decodedFile(text: string | Uint8Array, chunkBytes = 1000): TraceFileResult {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const decoder = new TraceFileDecoder();
  for (let at = 0; at < bytes.length; at += chunkBytes) decoder.push(bytes.subarray(at, at + chunkBytes));
  return decoder.end();
}
