import { isInstrumentationScope } from '../columns/librarySpans';
import type { DecodeProblem, DecodeResult } from '../decode/decodeProblem';
import { asArray, asNumber, asObject, asString, asTimeUs, type JsonObject, own } from '../decode/jsonValue';
import type { Attributes, AttributeValue, Span, SpanKind, SpanStatus } from '../trace/span';
import { makeTrace } from '../trace/trace';

const kinds: readonly SpanKind[] = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];
const statuses: readonly SpanStatus[] = ['unset', 'ok', 'error'];

/** Deepest nesting of lists and maps in an attribute that is kept: the text is made by recursion. */
const maxNesting = 32;

/**
 * Traces of OTLP's JSON, given the elements of `resourceSpans` (Jaeger's `/api/v3` answers in this form, with hex ids).
 * Spans of one trace may be spread over many elements, so all of them must be given at once.
 */
export function decodeOtlpResourceSpans(elements: readonly unknown[]): DecodeResult {
  const problems: DecodeProblem[] = [];
  const byTrace = new Map<string, Span[]>();
  for (const element of elements) {
    const resourceSpans: JsonObject = asObject(element) ?? {};
    const resource = decodeAttributes(own(asObject(own(resourceSpans, 'resource')) ?? {}, 'attributes'));
    for (const scope of asArray(own(resourceSpans, 'scopeSpans'))) {
      const scopeSpans = asObject(scope) ?? {};
      const library = asString(own(asObject(own(scopeSpans, 'scope')) ?? {}, 'name'));
      for (const item of asArray(own(scopeSpans, 'spans'))) {
        const decoded = decodeSpan(item, resource, problems);
        const span = decoded && isInstrumentationScope(library) ? ofLibrary(decoded, library) : decoded;
        if (!span) continue;
        const spans = byTrace.get(span.traceId);
        if (spans) spans.push(span);
        else byTrace.set(span.traceId, [span]);
      }
    }
  }
  const traces = [...byTrace].flatMap(([traceId, spans]) => {
    const made = makeTrace(traceId, spans);
    for (let i = 0; i < (made?.duplicates ?? 0); i++)
      problems.push({ what: 'a span id is repeated', where: traceId });
    return made ? [made.trace] : [];
  });
  return { traces, problems };
}

/** A span of a library of instrumentation, told as Jaeger tells it. */
function ofLibrary(span: Span, library: string): Span {
  return { ...span, attributes: new Map([...span.attributes, ['otel.scope.name', library]]) };
}

function decodeSpan(item: unknown, resource: Attributes, problems: DecodeProblem[]): Span | undefined {
  const object: JsonObject = asObject(item) ?? {};
  const traceId = hexId(own(object, 'traceId'));
  const spanId = hexId(own(object, 'spanId'));
  if (!traceId || !spanId) {
    problems.push({ what: 'a span has no trace id or span id', where: traceId ?? '' });
    return undefined;
  }
  const where = `${traceId}/${spanId}`;
  const start = nanosToUs(own(object, 'startTimeUnixNano'));
  const end = nanosToUs(own(object, 'endTimeUnixNano'));
  if (start === undefined) {
    problems.push({ what: 'a span has no start time', where });
    return undefined;
  }
  if (end === undefined || end < start) problems.push({ what: 'a duration is negative or missing', where });
  const status = asObject(own(object, 'status')) ?? {};
  return {
    traceId,
    spanId,
    parentSpanId: hexId(own(object, 'parentSpanId')),
    name: asString(own(object, 'name')) ?? '',
    kind: kinds[asNumber(own(object, 'kind')) ?? 0] ?? 'unspecified',
    service: String(resource.get('service.name') || 'missing-service-name'),
    resource,
    startTimeUs: start,
    durationUs: Math.max(0, (end ?? start) - start),
    status: statuses[asNumber(own(status, 'code')) ?? 0] ?? 'unset',
    statusMessage: asString(own(status, 'message')),
    attributes: decodeAttributes(own(object, 'attributes')),
    events: asArray(own(object, 'events')).flatMap((event) => {
      const fields: JsonObject = asObject(event) ?? {};
      const timeUs = nanosToUs(own(fields, 'timeUnixNano'));
      if (timeUs === undefined) {
        problems.push({ what: 'an event cannot be read', where });
        return [];
      }
      const attributes = decodeAttributes(own(fields, 'attributes'));
      return [{ name: asString(own(fields, 'name')) ?? '', timeUs, attributes }];
    }),
    links: asArray(own(object, 'links')).flatMap((link) => {
      const fields: JsonObject = asObject(link) ?? {};
      const linked = { traceId: hexId(own(fields, 'traceId')), spanId: hexId(own(fields, 'spanId')) };
      return linked.traceId && linked.spanId ? [{ traceId: linked.traceId, spanId: linked.spanId }] : [];
    }),
    warnings: [],
  };
}

function decodeAttributes(json: unknown): Attributes {
  const attributes = new Map<string, AttributeValue>();
  for (const item of asArray(json)) {
    const object: JsonObject = asObject(item) ?? {};
    const key = asString(own(object, 'key'));
    const value = decodeValue(asObject(own(object, 'value')) ?? {});
    if (key !== undefined && value !== undefined) attributes.set(key, value);
  }
  return attributes;
}

function decodeValue(value: JsonObject): AttributeValue | undefined {
  const isNested = listOf(value) !== undefined || mapOf(value) !== undefined;
  return isNested ? nestedText(value, maxNesting) : decodePlainValue(value);
}

function decodePlainValue(value: JsonObject): AttributeValue | undefined {
  const text = asString(own(value, 'stringValue')) ?? asString(own(value, 'bytesValue'));
  if (text !== undefined) return text;
  const bool = own(value, 'boolValue');
  if (typeof bool === 'boolean') return bool;
  const int = own(value, 'intValue');
  if (int !== undefined) {
    const number = asNumber(int);
    return number !== undefined && Number.isSafeInteger(number) ? number : asString(int);
  }
  const double = own(value, 'doubleValue');
  // NaN and the infinities come as text, and stay text.
  return typeof double === 'number' || typeof double === 'string' ? double : undefined;
}

const listOf = (value: JsonObject) => asObject(own(value, 'arrayValue'));
const mapOf = (value: JsonObject) => asObject(own(value, 'kvlistValue'));

/** A list or a map as the JSON text of its plain values, as Jaeger gives it; what is nested too deep is null. */
function nestedText(value: JsonObject, depth: number): string {
  const list = listOf(value);
  const map = mapOf(value);
  if (!list && !map) return JSON.stringify(decodePlainValue(value) ?? null);
  if (depth === 0) return 'null';
  const items = asArray(own(list ?? map ?? {}, 'values')).map((item) => asObject(item) ?? {});
  if (list) return `[${items.map((item) => nestedText(item, depth - 1)).join()}]`;
  const entries = items.map((item) => {
    const key = JSON.stringify(asString(own(item, 'key')) ?? '');
    return `${key}:${nestedText(asObject(own(item, 'value')) ?? {}, depth - 1)}`;
  });
  return `{${entries.join()}}`;
}

function nanosToUs(value: unknown): number | undefined {
  if (typeof value === 'string' && /^\d{4,20}$/.test(value)) return asTimeUs(value.slice(0, -3));
  const us = asTimeUs((asNumber(value) ?? Number.NaN) / 1000);
  return us === undefined ? undefined : Math.trunc(us);
}

function hexId(value: unknown): string | undefined {
  const id = asString(value)?.toLowerCase();
  return id !== undefined && /^([0-9a-f]{16}|[0-9a-f]{32})$/.test(id) && !/^0+$/.test(id) ? id : undefined;
}
