import type {
  Attributes,
  AttributeValue,
  Span,
  SpanEvent,
  SpanKind,
  SpanLink,
  SpanStatus,
} from '../trace/span';
import { noAttributes, readAttribute } from './protobufAttributes';
import type { ProtobufReader } from './protobufReader';

const kinds: readonly SpanKind[] = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];
const statuses: readonly SpanStatus[] = ['unset', 'ok', 'error'];

/** What all spans of one ResourceSpans share. */
export interface SpanResource {
  readonly attributes: Attributes;
  readonly service: string;
}

/** Most spans have neither events nor links; an array each would be a third of their memory. */
const none: readonly never[] = [];

/**
 * The fields of a Span message as they come, in any order. One draft is used for all spans of a message: what is made
 * and thrown away for each span is what a decoder of many small things spends its time on.
 */
export class SpanDraft {
  traceId: string | undefined;
  spanId: string | undefined;
  parentSpanId: string | undefined;
  name = '';
  kind = 0;
  startUs: number | undefined;
  endUs: number | undefined;
  attributes: Map<string, AttributeValue> | undefined;
  /** Of the spans that are read until it is another: told as Jaeger tells it. */
  scope: string | undefined;
  events: SpanEvent[] | undefined;
  links: SpanLink[] | undefined;
  status = 0;
  statusMessage: string | undefined;
  /** Events without a time. */
  unreadableEvents = 0;

  /** Reads a Span message whose length has been read; what was in the draft is gone. */
  read(reader: ProtobufReader, end: number): void {
    this.#clear();
    for (let tag = reader.nextTag(end); tag !== 0; tag = reader.nextTag(end))
      readSpanField(reader, this, tag, end);
  }

  /** The span, when it has ids and a start. */
  finish(resource: SpanResource): Span | undefined {
    const { traceId, spanId, startUs } = this;
    if (traceId === undefined || spanId === undefined || startUs === undefined) return undefined;
    if (this.scope !== undefined) {
      this.attributes ??= new Map();
      this.attributes.set('otel.scope.name', this.scope);
    }
    return {
      traceId,
      spanId,
      parentSpanId: this.parentSpanId,
      name: this.name,
      kind: kinds[this.kind] ?? 'unspecified',
      service: resource.service,
      resource: resource.attributes,
      startTimeUs: startUs,
      durationUs: Math.max(0, (this.endUs ?? startUs) - startUs),
      status: statuses[this.status] ?? 'unset',
      statusMessage: this.statusMessage,
      attributes: this.attributes ?? noAttributes,
      events: this.events ?? none,
      links: this.links ?? none,
      warnings: none,
    };
  }

  #clear(): void {
    this.traceId = undefined;
    this.spanId = undefined;
    this.parentSpanId = undefined;
    this.name = '';
    this.kind = 0;
    this.startUs = undefined;
    this.endUs = undefined;
    this.attributes = undefined;
    this.events = undefined;
    this.links = undefined;
    this.status = 0;
    this.statusMessage = undefined;
    this.unreadableEvents = 0;
  }
}

function readSpanField(reader: ProtobufReader, draft: SpanDraft, tag: number, end: number): void {
  switch (tag) {
    case 0x0a:
      draft.traceId = reader.readId(end);
      break;
    case 0x12:
      draft.spanId = reader.readId(end);
      break;
    case 0x22:
      draft.parentSpanId = reader.readId(end);
      break;
    case 0x2a:
      draft.name = reader.readText(end);
      break;
    case 0x30:
      draft.kind = reader.readUnsigned(end);
      break;
    case 0x39:
      draft.startUs = reader.readTimeUs(end);
      break;
    case 0x41:
      draft.endUs = reader.readTimeUs(end);
      break;
    case 0x4a:
      draft.attributes ??= new Map();
      readAttribute(reader, end, draft.attributes);
      break;
    case 0x5a:
      readEvent(reader, reader.messageEnd(end), draft);
      break;
    case 0x6a:
      readLink(reader, reader.messageEnd(end), draft);
      break;
    case 0x7a:
      readStatus(reader, reader.messageEnd(end), draft);
      break;
    default: // trace_state, flags, the dropped counts, and what is not known yet
      reader.skipValue(tag, end);
  }
}

function readEvent(reader: ProtobufReader, end: number, draft: SpanDraft): void {
  let name = '';
  let timeUs: number | undefined;
  let attributes: Map<string, AttributeValue> | undefined;
  for (let tag = reader.nextTag(end); tag !== 0; tag = reader.nextTag(end)) {
    if (tag === 0x09) timeUs = reader.readTimeUs(end);
    else if (tag === 0x12) name = reader.readText(end);
    else if (tag === 0x1a) {
      attributes ??= new Map();
      readAttribute(reader, end, attributes);
    } else reader.skipValue(tag, end);
  }
  if (timeUs === undefined) {
    draft.unreadableEvents++;
    return;
  }
  draft.events ??= [];
  draft.events.push({ name, timeUs, attributes: attributes ?? noAttributes });
}

function readLink(reader: ProtobufReader, end: number, draft: SpanDraft): void {
  let traceId: string | undefined;
  let spanId: string | undefined;
  for (let tag = reader.nextTag(end); tag !== 0; tag = reader.nextTag(end)) {
    if (tag === 0x0a) traceId = reader.readId(end);
    else if (tag === 0x12) spanId = reader.readId(end);
    else reader.skipValue(tag, end);
  }
  if (traceId === undefined || spanId === undefined) return;
  draft.links ??= [];
  draft.links.push({ traceId, spanId });
}

function readStatus(reader: ProtobufReader, end: number, draft: SpanDraft): void {
  for (let tag = reader.nextTag(end); tag !== 0; tag = reader.nextTag(end)) {
    if (tag === 0x12) draft.statusMessage = reader.readText(end);
    else if (tag === 0x18) draft.status = reader.readUnsigned(end);
    else reader.skipValue(tag, end);
  }
}
