import type { Span } from '../../../../src/core/trace/span';
import type { Trace } from '../../../../src/core/trace/trace';

/** A span as an object of its own, whatever it is read from. */
export function plainSpan(span: Span): Span {
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId,
    name: span.name,
    kind: span.kind,
    service: span.service,
    resource: new Map(span.resource),
    startTimeUs: span.startTimeUs,
    durationUs: span.durationUs,
    status: span.status,
    statusMessage: span.statusMessage,
    attributes: new Map(span.attributes),
    events: span.events.map((event) => ({ ...event, attributes: new Map(event.attributes) })),
    links: span.links.map((link) => ({ ...link })),
    warnings: [...span.warnings],
  };
}

/** A trace as an object of its own. */
export function plainTrace({ traceId, startTimeUs, endTimeUs, spans }: Trace): Trace {
  return { traceId, startTimeUs, endTimeUs, spans: spans.map(plainSpan) };
}
