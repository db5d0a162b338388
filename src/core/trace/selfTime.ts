import { endTimeUs } from './span';
import type { SpanNode } from './spanTree';

/**
 * Time in which a span ran and none of its children did, in microseconds: its duration less the union of its
 * children's times, each cut to the span's own (children may overlap, outlive the parent or have a skewed clock).
 */
export function selfTimeUs(node: SpanNode): number {
  const start = node.span.startTimeUs;
  const end = endTimeUs(node.span);
  const times = node.children
    .map(({ span }) => ({ from: Math.max(start, span.startTimeUs), to: Math.min(end, endTimeUs(span)) }))
    .filter((time) => time.to > time.from)
    .sort((a, b) => a.from - b.from);
  let covered = 0;
  let coveredUntil = start;
  for (const { from, to } of times) {
    if (to <= coveredUntil) continue;
    covered += to - Math.max(from, coveredUntil);
    coveredUntil = to;
  }
  return node.span.durationUs - covered;
}
