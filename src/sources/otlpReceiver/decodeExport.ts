import { gunzipSync } from 'node:zlib';
import { blockOf } from '../../core/columns/writeTrace';
import { countProblems } from '../../core/decode/problemCount';
import { isRejection } from '../../core/otlp/spanGathering';
import type { ExportBody, ExportedSpans } from '../decoder/receivedDecoder';
import { decodeRequest } from './decodeRequest';
import { Refusal } from './refusal';
import { bodyTooLarge } from './requestBody';

/** Decodes the body of an export request. Throws a Refusal for what is no such message as a whole, and for what is beyond the limits. */
export function decodeExport({ bytes, encoding, isGzip, limits }: ExportBody): ExportedSpans {
  const plain = isGzip ? inflate(bytes, limits.maxInflatedBytes) : bytes;
  const { traces, problems } = decodeRequest(plain, encoding, limits);
  const spans = traces.reduce((count, trace) => count + trace.spans.length, 0);
  return {
    blocks: traces.length === 0 ? [] : [blockOf(traces)],
    problems: countProblems(problems),
    spans,
    rejectedSpans: problems.filter(({ what }) => isRejection(what)).length,
  };
}

/** Undoes gzip, and stops at `maxBytes`: a few kilobytes can be gigabytes. */
function inflate(body: Uint8Array, maxBytes: number): Uint8Array {
  try {
    return gunzipSync(body, { maxOutputLength: maxBytes });
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw isTooLarge ? bodyTooLarge(maxBytes) : new Refusal('malformed', 'The body is no gzip.');
  }
}
