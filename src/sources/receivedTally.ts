import type { LostDatagram } from './jaegerAgent/jaegerAgent';
import type { ReceiverStats } from './otlpReceiver/receiverStats';

/** What came in and what did not, by all ways in together, since receiving began. */
export interface ReceivedTally {
  readonly spans: number;
  /** Requests and connections that were not taken, by reason; a reason that never came is missing. */
  readonly refused: ReceiverStats['refused'];
  /** Spans, and parts of them, that could not be read in what was taken. */
  readonly rejectedSpans: number;
  readonly datagrams: Readonly<Record<LostDatagram, number>>;
  /** Traces that came while it was paused, and were too many to keep. */
  readonly leftOut: number;
  /** Requests that could not be passed on to another window, which was too slow. */
  readonly notPassedOn: number;
}

/** Adds up what receivers counted. */
export function sumOfStats(
  all: readonly ReceiverStats[],
): Pick<ReceivedTally, 'spans' | 'rejectedSpans' | 'refused'> {
  const refused: Record<string, number> = {};
  let spans = 0;
  let rejectedSpans = 0;
  for (const stats of all) {
    spans += stats.spans;
    rejectedSpans += stats.rejectedSpans;
    for (const [reason, count] of Object.entries(stats.refused))
      refused[reason] = (refused[reason] ?? 0) + count;
  }
  return { spans, rejectedSpans, refused };
}
