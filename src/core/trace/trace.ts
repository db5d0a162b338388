import { endTimeUs, type Span } from './span';

/** All spans known of one trace, ordered by start, then by span id. */
export interface Trace {
  readonly traceId: string;
  readonly spans: readonly Span[];
  readonly startTimeUs: number;
  readonly endTimeUs: number;
}

/**
 * Makes a trace of its spans: orders them and drops repetitions of a span id, of which the longest is kept
 * (a span that is reported twice was first reported unfinished). `undefined` when there are no spans.
 */
export function makeTrace(
  traceId: string,
  spans: readonly Span[],
): { trace: Trace; duplicates: number } | undefined {
  const byId = new Map<string, Span>();
  for (const span of spans) {
    const known = byId.get(span.spanId);
    if (known === undefined || span.durationUs > known.durationUs) byId.set(span.spanId, span);
  }
  if (byId.size === 0) return undefined;
  const ordered = [...byId.values()].sort(
    (a, b) => a.startTimeUs - b.startTimeUs || (a.spanId < b.spanId ? -1 : 1),
  );
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  for (const span of ordered) {
    start = Math.min(start, span.startTimeUs);
    end = Math.max(end, endTimeUs(span));
  }
  return {
    trace: { traceId, spans: ordered, startTimeUs: start, endTimeUs: end },
    duplicates: spans.length - byId.size,
  };
}
