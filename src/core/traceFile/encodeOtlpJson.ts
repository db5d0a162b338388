import type { Attributes, AttributeValue, Span, SpanKind, SpanStatus } from '../trace/span';
import type { Trace } from '../trace/trace';

const kinds: readonly SpanKind[] = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];
const statuses: readonly SpanStatus[] = ['unset', 'ok', 'error'];

/** The text of a file of OTLP JSON (opentelemetry-proto's TracesData), in pieces. */
export function* otlpJsonText(traces: Iterable<Trace>): Generator<string> {
  yield '{"resourceSpans":[';
  let isFirst = true;
  for (const trace of traces) {
    for (const element of encodeResourceSpans(trace)) {
      yield `${isFirst ? '' : ','}${JSON.stringify(element)}`;
      isFirst = false;
    }
  }
  yield ']}\n';
}

/**
 * A trace as elements of `resourceSpans`. Tags that say a span's kind or status are left out, because OTLP has fields for
 * them; ids have OTLP's lengths; a backend's warnings have no place and are left out.
 */
export function encodeResourceSpans(trace: Trace): readonly unknown[] {
  const byResource = new Map<string, { readonly resource: Attributes; readonly spans: unknown[] }>();
  for (const span of trace.spans) {
    const key = JSON.stringify([span.service, ...span.resource]);
    const group = byResource.get(key) ?? { resource: resourceOf(span), spans: [] };
    byResource.set(key, group);
    group.spans.push(encodeSpan(span));
  }
  return [...byResource.values()].map(({ resource, spans }) => ({
    resource: { attributes: encodeAttributes(resource) },
    scopeSpans: [{ scope: {}, spans }],
  }));
}

function resourceOf({ service, resource }: Span): Attributes {
  return resource.get('service.name') === service
    ? resource
    : new Map([['service.name', service], ...resource]);
}

function encodeSpan(span: Span): unknown {
  const { statusMessage } = span;
  return {
    traceId: traceIdOf(span.traceId),
    spanId: spanIdOf(span.spanId),
    ...(span.parentSpanId === undefined ? {} : { parentSpanId: spanIdOf(span.parentSpanId) }),
    name: span.name,
    kind: kinds.indexOf(span.kind),
    startTimeUnixNano: nanoseconds(span.startTimeUs),
    endTimeUnixNano: nanoseconds(span.startTimeUs + span.durationUs),
    attributes: encodeAttributes(attributesOf(span)),
    events: span.events.map(({ name, timeUs, attributes }) => ({
      timeUnixNano: nanoseconds(timeUs),
      name,
      attributes: encodeAttributes(attributes),
    })),
    links: span.links.map((link) => ({ traceId: traceIdOf(link.traceId), spanId: spanIdOf(link.spanId) })),
    status: {
      code: statuses.indexOf(span.status),
      ...(statusMessage === undefined ? {} : { message: statusMessage }),
    },
  };
}

/** The attributes without those that only repeat a field. */
function attributesOf(span: Span): Attributes {
  const repeats = (key: string, value: AttributeValue): boolean =>
    (key === 'span.kind' && value === span.kind) ||
    (key === 'otel.status_code' && value === span.status.toUpperCase()) ||
    (key === 'error' && value === true && span.status === 'error') ||
    (key === 'otel.status_description' && value === span.statusMessage);
  return new Map([...span.attributes].filter(([key, value]) => !repeats(key, value)));
}

function encodeAttributes(attributes: Attributes): readonly unknown[] {
  return [...attributes].map(([key, value]) => ({ key, value: encodeValue(value) }));
}

function encodeValue(value: AttributeValue): unknown {
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'string') return { stringValue: value };
  // protobuf's JSON writes an int64 as text, and NaN and the infinities too.
  if (Number.isSafeInteger(value)) return { intValue: String(value) };
  return { doubleValue: Number.isFinite(value) ? value : String(value) };
}

/** Whole microseconds as nanoseconds: three digits more than a double is exact for. */
function nanoseconds(us: number): string {
  const whole = Math.round(us);
  return whole === 0 ? '0' : `${whole}000`;
}

/** 32 digits: old tracers have 16. */
function traceIdOf(id: string): string {
  return id.padStart(32, '0');
}

function spanIdOf(id: string): string {
  return id.slice(-16);
}
