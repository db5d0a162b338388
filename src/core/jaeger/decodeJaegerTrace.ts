import type { DecodeProblem, DecodeResult } from '../decode/decodeProblem';
import { asArray, asObject, asString, asTimeUs, type JsonObject, own } from '../decode/jsonValue';
import type { Attributes, AttributeValue, Span, SpanEvent, SpanKind, SpanLink } from '../trace/span';
import { makeTrace } from '../trace/trace';

const spanKinds: ReadonlySet<string> = new Set(['internal', 'server', 'client', 'producer', 'consumer']);

interface Process {
  readonly service: string;
  readonly resource: Attributes;
}

const unknownProcess: Process = { service: 'missing-service-name', resource: new Map() };

/**
 * One element of the `data` array of Jaeger's `/api/traces`, parsed from JSON, as a trace in OpenTelemetry's words.
 * Spans that cannot be read are left out and named among the problems.
 */
export function decodeJaegerTrace(json: unknown): DecodeResult {
  const problems: DecodeProblem[] = [];
  const object = asObject(json);
  if (!object) return { traces: [], problems: [{ what: 'a trace is not an object', where: '' }] };
  const traceId = normaliseId(asString(own(object, 'traceID')));
  if (!traceId) return { traces: [], problems: [{ what: 'a trace has no traceID', where: '' }] };
  const processes = decodeProcesses(own(object, 'processes'));
  const spans: Span[] = [];
  for (const item of asArray(own(object, 'spans'))) {
    const span = decodeSpan(item, traceId, processes, problems);
    if (span) spans.push(span);
  }
  const made = makeTrace(traceId, spans);
  if (!made) return { traces: [], problems: [...problems, { what: 'a trace has no spans', where: traceId }] };
  for (let i = 0; i < made.duplicates; i++) problems.push({ what: 'a span id is repeated', where: traceId });
  return { traces: [made.trace], problems };
}

function decodeSpan(
  item: unknown,
  traceId: string,
  processes: ReadonlyMap<string, Process>,
  problems: DecodeProblem[],
): Span | undefined {
  const object = asObject(item);
  const spanId = object && normaliseId(asString(own(object, 'spanID')));
  if (!object || !spanId) {
    problems.push({ what: 'a span has no spanID', where: traceId });
    return undefined;
  }
  const where = `${traceId}/${spanId}`;
  const start = asTimeUs(own(object, 'startTime'));
  if (start === undefined) {
    problems.push({ what: 'a span has no start time', where });
    return undefined;
  }
  const duration = asTimeUs(own(object, 'duration'));
  if (duration === undefined) problems.push({ what: 'a duration is negative or missing', where });
  const attributes = decodeTags(own(object, 'tags'), where, problems);
  const kind = attributes.get('span.kind');
  const references = decodeReferences(own(object, 'references'), traceId);
  const process = processes.get(asString(own(object, 'processID')) ?? '') ?? unknownProcess;
  return {
    traceId,
    spanId,
    parentSpanId: references.parent ?? (normaliseId(asString(own(object, 'parentSpanID'))) || undefined),
    name: asString(own(object, 'operationName')) ?? '',
    kind: typeof kind === 'string' && spanKinds.has(kind) ? (kind as SpanKind) : 'unspecified',
    service: process.service,
    resource: process.resource,
    startTimeUs: start,
    durationUs: duration ?? 0,
    ...decodeStatus(attributes),
    attributes,
    events: decodeLogs(own(object, 'logs'), where, problems),
    links: references.links,
    warnings: asArray(own(object, 'warnings')).flatMap((warning) => asString(warning) ?? []),
  };
}

function decodeProcesses(json: unknown): ReadonlyMap<string, Process> {
  const processes = new Map<string, Process>();
  for (const [id, value] of Object.entries(asObject(json) ?? {})) {
    const process: JsonObject = asObject(value) ?? {};
    processes.set(id, {
      service: asString(own(process, 'serviceName')) || unknownProcess.service,
      resource: decodeTags(own(process, 'tags'), id, []),
    });
  }
  return processes;
}

function decodeTags(json: unknown, where: string, problems: DecodeProblem[]): Attributes {
  const attributes = new Map<string, AttributeValue>();
  for (const item of asArray(json)) {
    const tag = asObject(item);
    const key = tag && asString(own(tag, 'key'));
    const value = tag && own(tag, 'value');
    if (key === undefined || !isAttributeValue(value)) problems.push({ what: 'a tag cannot be read', where });
    else attributes.set(key, value);
  }
  return attributes;
}

function isAttributeValue(value: unknown): value is AttributeValue {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function decodeReferences(json: unknown, traceId: string): { parent: string | undefined; links: SpanLink[] } {
  let parent: string | undefined;
  const links: SpanLink[] = [];
  for (const item of asArray(json)) {
    const reference: JsonObject = asObject(item) ?? {};
    const spanId = normaliseId(asString(own(reference, 'spanID')));
    const ofTrace = normaliseId(asString(own(reference, 'traceID'))) || traceId;
    if (!spanId) continue;
    const isParent = own(reference, 'refType') === 'CHILD_OF' && ofTrace === traceId && parent === undefined;
    if (isParent) parent = spanId;
    else links.push({ traceId: ofTrace, spanId });
  }
  return { parent, links };
}

function decodeLogs(json: unknown, where: string, problems: DecodeProblem[]): SpanEvent[] {
  return asArray(json).flatMap((item) => {
    const log = asObject(item);
    const timeUs = log && asTimeUs(own(log, 'timestamp'));
    if (!log || timeUs === undefined) {
      problems.push({ what: 'an event cannot be read', where });
      return [];
    }
    const attributes = new Map(decodeTags(own(log, 'fields'), where, problems));
    // OTLP's event name is the field `event`, the thrift exporter's is `message`.
    const nameKey = attributes.has('event') ? 'event' : 'message';
    const name = String(attributes.get(nameKey) ?? '');
    attributes.delete(nameKey);
    return [{ name, timeUs, attributes }];
  });
}

function decodeStatus(attributes: Attributes): Pick<Span, 'status' | 'statusMessage'> {
  const code = attributes.get('otel.status_code');
  const error = attributes.get('error');
  const isError = code === 'ERROR' || error === true || error === 'true';
  const message = attributes.get('otel.status_description');
  return {
    status: isError ? 'error' : code === 'OK' ? 'ok' : 'unset',
    statusMessage: message === undefined ? undefined : String(message),
  };
}

/** Lower-case hex of 1 to 32 digits, filled up with zeros to 16 or 32; anything else is empty. */
function normaliseId(id: string | undefined): string {
  if (id === undefined || !/^[0-9a-f]{1,32}$/i.test(id)) return '';
  const lower = id.toLowerCase();
  return lower.length <= 16 ? lower.padStart(16, '0') : lower.padStart(32, '0');
}
