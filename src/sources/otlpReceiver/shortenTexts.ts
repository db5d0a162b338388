import type { DecodeProblem, DecodeResult } from '../../core/decode/decodeProblem';
import { otlpProblem } from '../../core/otlp/spanGathering';
import type { Attributes, AttributeValue, Span } from '../../core/trace/span';

/** Cuts names, messages and attributes that are longer than `maxLength` characters, and says so, once for each span. */
export function shortenTexts(result: DecodeResult, maxLength: number): DecodeResult {
  const problems: DecodeProblem[] = [];
  const resources = new Map<Attributes, Attributes>();
  const traces = result.traces.map((trace) => {
    if (!trace.spans.some((span) => isTooLong(span, maxLength))) return trace;
    const spans = trace.spans.map((span) => {
      if (!isTooLong(span, maxLength)) return span;
      problems.push({ what: otlpProblem.cutText, where: `${span.traceId}/${span.spanId}` });
      // Spans of one resource go on sharing it.
      const resource = resources.get(span.resource) ?? shortAttributes(span.resource, maxLength);
      resources.set(span.resource, resource);
      return { ...shortSpan(span, maxLength), resource };
    });
    return { ...trace, spans };
  });
  return problems.length === 0 ? result : { traces, problems: [...result.problems, ...problems] };
}

function isTooLong(span: Span, maxLength: number): boolean {
  return (
    span.name.length > maxLength ||
    span.service.length > maxLength ||
    (span.statusMessage?.length ?? 0) > maxLength ||
    hasLongText(span.attributes, maxLength) ||
    hasLongText(span.resource, maxLength) ||
    span.events.some((event) => event.name.length > maxLength || hasLongText(event.attributes, maxLength))
  );
}

function hasLongText(attributes: Attributes, maxLength: number): boolean {
  for (const [key, value] of attributes)
    if (key.length > maxLength || (typeof value === 'string' && value.length > maxLength)) return true;
  return false;
}

function shortSpan(span: Span, maxLength: number): Span {
  const { statusMessage } = span;
  return {
    ...span,
    name: shortText(span.name, maxLength),
    service: shortText(span.service, maxLength),
    statusMessage: statusMessage === undefined ? undefined : shortText(statusMessage, maxLength),
    attributes: shortAttributes(span.attributes, maxLength),
    events: span.events.map((event) => ({
      ...event,
      name: shortText(event.name, maxLength),
      attributes: shortAttributes(event.attributes, maxLength),
    })),
  };
}

function shortAttributes(attributes: Attributes, maxLength: number): Attributes {
  if (!hasLongText(attributes, maxLength)) return attributes;
  const short = new Map<string, AttributeValue>();
  for (const [key, value] of attributes)
    short.set(shortText(key, maxLength), typeof value === 'string' ? shortText(value, maxLength) : value);
  return short;
}

/** By way of bytes, since a slice would keep the whole text in memory. */
function shortText(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : Buffer.from(text.slice(0, maxLength)).toString();
}
