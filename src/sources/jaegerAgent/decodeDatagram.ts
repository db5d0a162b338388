import type { DecodeProblem, DecodeResult } from '../../core/decode/decodeProblem';
import { decodeJaegerTrace } from '../../core/jaeger/decodeJaegerTrace';
import type { Trace } from '../../core/trace/trace';
import { batchToJaegerJson } from './jaegerJson';
import { readBatch } from './readBatch';

/** Longest datagram that is read, in bytes: the limit of Jaeger's agent and of its clients. */
export const longestDatagram = 65_000;

/** Why nothing of a datagram could be read; a foreign one is Thrift, and no `emitBatch`. */
export type DatagramFault = 'broken' | 'oversize' | 'foreign';

/** What a datagram held; `fault` says why nothing of it could be read. */
export interface DatagramResult extends DecodeResult {
  readonly fault?: DatagramFault;
}

const mostProblems = 20;
const noTrace = /^0+$/;

/**
 * Decodes one datagram as Jaeger's clients send them. Its traces are what a Jaeger that got it would answer by `/api`,
 * except for warnings and for numbers that JSON lacks, which are text here. Never throws; takes no more memory than a
 * small multiple of the datagram.
 */
export function decodeDatagram(datagram: Uint8Array): DatagramResult {
  if (datagram.length > longestDatagram) return nothing('oversize', 'a datagram is too long');
  try {
    const batch = readBatch(datagram);
    if (!batch) return nothing('foreign', 'a datagram calls another procedure');
    const traces: Trace[] = [];
    const problems: DecodeProblem[] = [];
    for (const json of batchToJaegerJson(batch)) {
      if (noTrace.test(json.traceID)) {
        problems.push({ what: 'a span has no trace id or span id', where: '' });
        continue;
      }
      const decoded = decodeJaegerTrace(json);
      traces.push(...decoded.traces);
      problems.push(...decoded.problems.slice(0, mostProblems));
    }
    return { traces, problems: problems.slice(0, mostProblems) };
  } catch {
    // Apache's reader throws errors of many kinds; whichever it was, the datagram is not one of ours.
    return nothing('broken', 'a datagram cannot be read');
  }
}

function nothing(fault: DatagramFault, what: string): DatagramResult {
  return { traces: [], problems: [{ what, where: '' }], fault };
}
