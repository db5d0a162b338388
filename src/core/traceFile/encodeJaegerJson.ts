import type { Attributes, AttributeValue, Span, SpanEvent } from '../trace/span';
import type { Trace } from '../trace/trace';

/** The text of a file of Jaeger JSON, in pieces: what `/api/traces` answers, and Jaeger UI opens. */
export function* jaegerJsonText(traces: Iterable<Trace>): Generator<string> {
  yield '{"data":[';
  let isFirst = true;
  for (const trace of traces) {
    yield `${isFirst ? '' : ','}${JSON.stringify(encodeJaegerTrace(trace))}`;
    isFirst = false;
  }
  yield '],"total":0,"limit":0,"offset":0,"errors":null}\n';
}

/**
 * A trace as an element of `data` of Jaeger's `/api/traces`. What Jaeger has no field for becomes a tag, as there: kind
 * and status. A link becomes a FOLLOWS_FROM reference; the service is named by the process and not by a tag as well.
 */
export function encodeJaegerTrace(trace: Trace): unknown {
  const processes: Record<string, unknown> = {};
  const idsByResource = new Map<string, string>();
  const processId = ({ service, resource }: Span): string => {
    const key = JSON.stringify([service, ...resource]);
    const known = idsByResource.get(key);
    if (known !== undefined) return known;
    const id = `p${idsByResource.size + 1}`;
    idsByResource.set(key, id);
    const tags = [...resource].filter(([name, value]) => name !== 'service.name' || value !== service);
    processes[id] = { serviceName: service, tags: tags.map(tagOf) };
    return id;
  };
  const spans = trace.spans.map((span) => encodeSpan(span, processId(span)));
  return { traceID: trace.traceId, spans, processes, warnings: null };
}

function encodeSpan(span: Span, processID: string): unknown {
  const parent = { refType: 'CHILD_OF', traceID: span.traceId, spanID: span.parentSpanId };
  const links = span.links.map((link) => ({
    refType: 'FOLLOWS_FROM',
    traceID: link.traceId,
    spanID: link.spanId,
  }));
  return {
    traceID: span.traceId,
    spanID: span.spanId,
    operationName: span.name,
    references: span.parentSpanId === undefined ? links : [parent, ...links],
    startTime: span.startTimeUs,
    duration: span.durationUs,
    tags: tagsWithFields(span).map(tagOf),
    logs: span.events.map(encodeEvent),
    processID,
    warnings: span.warnings.length > 0 ? span.warnings : null,
  };
}

/** The span's attributes, and tags for its kind and status where they do not say them already. */
function tagsWithFields(span: Span): readonly (readonly [string, AttributeValue])[] {
  const tags = new Map(span.attributes);
  if (span.kind !== 'unspecified') tags.set('span.kind', span.kind);
  const saysError = tags.get('error') === true || tags.get('error') === 'true';
  if (span.status === 'error' && !saysError) tags.set('error', true);
  if (span.status === 'error' && !saysError) tags.set('otel.status_code', 'ERROR');
  if (span.status === 'ok') tags.set('otel.status_code', 'OK');
  if (span.statusMessage !== undefined) tags.set('otel.status_description', span.statusMessage);
  return [...tags];
}

function encodeEvent({ name, timeUs, attributes }: SpanEvent): unknown {
  const fields: Attributes = new Map([...attributes].filter(([key]) => key !== 'event'));
  return { timestamp: timeUs, fields: [tagOf(['event', name]), ...[...fields].map(tagOf)] };
}

function tagOf([key, value]: readonly [string, AttributeValue]): unknown {
  if (typeof value === 'boolean') return { key, type: 'bool', value };
  // JSON has no NaN and no infinities: they become text.
  if (typeof value === 'string' || !Number.isFinite(value))
    return { key, type: 'string', value: String(value) };
  return { key, type: Number.isSafeInteger(value) ? 'int64' : 'float64', value };
}
