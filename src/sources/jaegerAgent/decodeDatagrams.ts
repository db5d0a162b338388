import { BlockBuilder } from '../../core/columns/blockBuilder';
import { writeTrace } from '../../core/columns/writeTrace';
import type { DatagramBatch, HeardSpans } from '../decoder/receivedDecoder';
import { type DatagramFault, decodeDatagram } from './decodeDatagram';

/** Decodes datagrams into a block, in which a trace is as often as there are datagrams with spans of it. Never throws on bad ones. */
export function decodeDatagrams({ bytes, ends }: DatagramBatch): HeardSpans {
  const builder = new BlockBuilder();
  const faults: (DatagramFault | undefined)[] = [];
  let [start, problems] = [0, 0];
  for (const end of ends) {
    const decoded = decodeDatagram(bytes.subarray(start, end));
    start = end;
    faults.push(decoded.fault);
    if (decoded.fault === undefined) problems += decoded.problems.length;
    for (const trace of decoded.traces) writeTrace(builder, trace);
  }
  const spans = builder.spanCount;
  return { blocks: spans === 0 ? [] : [builder.take()], spans, problems, faults };
}
