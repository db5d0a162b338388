import { makeTrace, type Trace } from '../trace/trace';

/** What is known of a trace together with a piece of it that came later: each span once, the longest where it came twice. */
export function mergeTrace(known: Trace | undefined, piece: Trace): Trace {
  if (!known) return piece;
  return makeTrace(piece.traceId, [...known.spans, ...piece.spans])?.trace ?? piece;
}
