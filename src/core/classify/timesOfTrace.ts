import type { AttributeValue, Span } from '../trace/span';
import type { SpanClassifier } from './spanClassifier';
import { type SplitSpan, TraceTimes } from './traceTimes';
import { queuedUs, queueTimeKey, tritonKey, waitsFromUs } from './waiting';

/** What the time of a trace that is there as objects was spent on; ids are those of its spans. */
export function timesOfTrace(
  trace: { readonly spans: readonly Span[] },
  classifier: SpanClassifier,
): TraceTimes<SplitSpan> {
  return new TraceTimes(trace.spans.map((span) => splitSpan(span, classifier)));
}

function splitSpan(span: Span, classifier: SpanClassifier): SplitSpan {
  const { spanId, parentSpanId, startTimeUs, durationUs, kind, name, service, attributes } = span;
  return {
    ...{ spanId, parentSpanId, startTimeUs, durationUs, kind },
    own: classifier.ownClass({ name, service, kind, attributesIn: (keys) => present(attributes, keys) }),
    queuedUs: queuedUs(attributes.get(queueTimeKey)),
    waitsFromUs: attributes.has(tritonKey) ? waitsFromUs(span.events) : undefined,
  };
}

function present(
  attributes: ReadonlyMap<string, AttributeValue>,
  keys: ReadonlySet<string>,
): (readonly [string, AttributeValue])[] {
  return [...attributes].filter(([key]) => keys.has(key));
}
