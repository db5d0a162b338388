import { gunzipSync } from 'node:zlib';
import { blockOf } from '../../core/columns/writeTrace';
import { countProblems } from '../../core/decode/problemCount';
import { decodeOtlpBlock } from '../../core/otlp/decodeOtlpBlock';
import { isRejection } from '../../core/otlp/spanGathering';
import type { BodyLimits, ExportBody, ExportedSpans } from '../decoder/receivedDecoder';
import { decodeJsonRequest } from './decodeJsonRequest';
import { Refusal } from './refusal';
import { bodyTooLarge, tooManyParts } from './tooLarge';

/** Decodes the body of an export request. Throws a Refusal for what is no such message as a whole, and for what is beyond the limits. */
export function decodeExport({ bytes, encoding, isGzip, limits }: ExportBody): ExportedSpans {
  const plain = isGzip ? inflate(bytes, limits.maxInflatedBytes) : bytes;
  const decoded = encoding === 'json' ? decodeJson(plain, limits) : decodeProtobuf(plain, limits);
  const rejectedSpans = decoded.problems.reduce(
    (sum, { what, count }) => sum + (isRejection(what) ? count : 0),
    0,
  );
  return { ...decoded, rejectedSpans };
}

type Decoded = Omit<ExportedSpans, 'rejectedSpans'>;

function decodeProtobuf(body: Uint8Array, limits: BodyLimits): Decoded {
  const decoded = decodeOtlpBlock(body, limits);
  if (decoded.fault === 'too-large') throw tooManyParts(limits.maxSpans);
  // As any other receiver has it: half of a broken message is not taken, since its sender has to know.
  if (decoded.fault === 'broken')
    throw new Refusal('malformed', 'The body is no ExportTraceServiceRequest in protobuf.');
  const { block, spans, problems } = decoded;
  return { blocks: block ? [block] : [], spans, problems };
}

function decodeJson(body: Uint8Array, limits: BodyLimits): Decoded {
  const { traces, problems } = decodeJsonRequest(body, limits);
  return {
    blocks: traces.length === 0 ? [] : [blockOf(traces)],
    spans: traces.reduce((count, trace) => count + trace.spans.length, 0),
    problems: countProblems(problems),
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
