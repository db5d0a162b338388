import type { DecodeProblem, DecodeResult } from '../../core/decode/decodeProblem';
import { rejectionsIn } from '../../core/otlp/spanGathering';
import type { Trace } from '../../core/trace/trace';

/** What came of a request that was taken. */
export interface ExportResult {
  readonly traces: readonly Trace[];
  readonly problems: readonly DecodeProblem[];
  readonly spans: number;
  readonly rejectedSpans: number;
}

/** Counts what was taken and what could not be. */
export function exportResultOf({ traces, problems }: DecodeResult): ExportResult {
  const spans = traces.reduce((count, trace) => count + trace.spans.length, 0);
  return { traces, problems, spans, rejectedSpans: rejectionsIn(problems).length };
}

/** What was rejected and why, in words that hold nothing of the trace; empty when nothing was. */
export function rejectionText({ rejectedSpans, problems }: ExportResult): string {
  if (rejectedSpans === 0) return '';
  const reasons = new Set(rejectionsIn(problems).map(({ what }) => what));
  return `${rejectedSpans} spans could not be read: ${[...reasons].join('; ')}`;
}
