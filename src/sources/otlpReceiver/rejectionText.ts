import { isRejection } from '../../core/otlp/spanGathering';
import type { ExportedSpans } from '../decoder/receivedDecoder';

/** What was rejected and why, in words that hold nothing of the trace; empty when nothing was. */
export function rejectionText({ rejectedSpans, problems }: ExportedSpans): string {
  if (rejectedSpans === 0) return '';
  const reasons = problems.map(({ what }) => what).filter(isRejection);
  return `${rejectedSpans} spans could not be read: ${reasons.join('; ')}`;
}
