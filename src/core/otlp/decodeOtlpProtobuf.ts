import { isInstrumentationScope } from '../columns/librarySpans';
import type { DecodeResult } from '../decode/decodeProblem';
import type { AttributeValue } from '../trace/span';
import { defaultOtlpLimits, type OtlpLimits } from './otlpLimits';
import { noAttributes, readAttribute } from './protobufAttributes';
import { ProtobufReader, TooManyParts } from './protobufReader';
import { SpanDraft, type SpanResource } from './protobufSpan';
import { otlpProblem, SpanGathering } from './spanGathering';

/**
 * Traces of an OTLP ExportTraceServiceRequest in protobuf (opentelemetry-proto 1.x, trace/v1 and common/v1), the same
 * as decodeOtlpResourceSpans makes of its JSON. The plain decoder: what decodeOtlpBlock makes columns of is held against it. Never throws: spans that are broken are left out, a message that is cut
 * is read as far as it goes, one beyond the limits up to them; the problems say so (see `otlpProblem`).
 * Work and memory are linear in the bytes.
 */
export function decodeOtlpProtobuf(bytes: Uint8Array, limits: OtlpLimits = defaultOtlpLimits): DecodeResult {
  const gathering = new SpanGathering();
  new RequestDecoder(new ProtobufReader(bytes, limits.maxFields), gathering, limits.maxSpans).decode();
  return gathering.finish();
}

/** Goes through a request, resource by resource; each part that is broken costs no more than itself. */
class RequestDecoder {
  readonly #reader: ProtobufReader;
  readonly #gathering: SpanGathering;
  readonly #draft = new SpanDraft();
  #spansLeft: number;
  #isBroken = false;

  constructor(reader: ProtobufReader, gathering: SpanGathering, maxSpans: number) {
    this.#reader = reader;
    this.#gathering = gathering;
    this.#spansLeft = maxSpans;
  }

  decode(): void {
    try {
      this.#readParts(this.#reader.length, 0x0a, (end) => this.#readResourceSpans(end));
    } catch {
      // TooManyParts: the rest is caught where it happens.
      this.#gathering.note(otlpProblem.tooLarge, '');
    }
    if (this.#isBroken) this.#gathering.note(otlpProblem.broken, '');
  }

  /** Calls `read` for each message of one tag, with where it ends, which is never after `end`. */
  #readParts(end: number, wanted: number, read: (end: number) => void): void {
    const reader = this.#reader;
    try {
      for (let tag = reader.nextTag(end); tag !== 0; tag = reader.nextTag(end)) {
        if (tag === wanted) this.#readPart(end, read);
        else reader.skipValue(tag, end);
      }
    } catch (error) {
      if (error instanceof TooManyParts) throw error;
      this.#isBroken = true;
    }
  }

  #readPart(end: number, read: (end: number) => void): void {
    const reader = this.#reader;
    const length = reader.readUnsigned(end);
    const isCut = length > end - reader.pos;
    if (isCut) this.#isBroken = true;
    const partEnd = isCut ? end : reader.pos + length;
    read(partEnd);
    reader.pos = partEnd;
  }

  /** The resource may come after the spans that it belongs to, so the message is gone through twice. */
  #readResourceSpans(end: number): void {
    const start = this.#reader.pos;
    const attributes = new Map<string, AttributeValue>();
    this.#readParts(end, 0x0a, (resourceEnd) => this.#readResource(resourceEnd, attributes));
    this.#reader.pos = start;
    const resource: SpanResource = {
      attributes: attributes.size > 0 ? attributes : noAttributes,
      service: String(attributes.get('service.name') || 'missing-service-name'),
    };
    this.#readParts(end, 0x12, (scopeEnd) => this.#readScopeSpans(scopeEnd, resource));
  }

  /** The scope, too, may come after its spans. */
  #readScopeSpans(end: number, resource: SpanResource): void {
    const start = this.#reader.pos;
    let scope = '';
    this.#readParts(end, 0x0a, (scopeEnd) => {
      scope = this.#readScopeName(scopeEnd);
    });
    this.#reader.pos = start;
    this.#draft.scope = isInstrumentationScope(scope) ? scope : undefined;
    this.#readParts(end, 0x12, (spanEnd) => this.#readSpan(spanEnd, resource));
  }

  #readScopeName(end: number): string {
    const reader = this.#reader;
    let name = '';
    for (let tag = reader.nextTag(end); tag !== 0; tag = reader.nextTag(end)) {
      if (tag === 0x0a) name = reader.readText(end);
      else reader.skipValue(tag, end);
    }
    return name;
  }

  #readResource(end: number, attributes: Map<string, AttributeValue>): void {
    const reader = this.#reader;
    for (let tag = reader.nextTag(end); tag !== 0; tag = reader.nextTag(end)) {
      if (tag === 0x0a) readAttribute(reader, end, attributes);
      else reader.skipValue(tag, end);
    }
  }

  #readSpan(end: number, resource: SpanResource): void {
    if (this.#spansLeft-- <= 0) throw new TooManyParts();
    try {
      this.#draft.read(this.#reader, end);
    } catch (error) {
      if (error instanceof TooManyParts) throw error;
      this.#gathering.note(otlpProblem.brokenSpan, '');
      return;
    }
    this.#addSpan(this.#draft, resource);
  }

  #addSpan(draft: SpanDraft, resource: SpanResource): void {
    const { traceId, spanId, endUs } = draft;
    const note = (what: string, where: string) => this.#gathering.note(what, where);
    const span = draft.finish(resource);
    if (!span) {
      const hasIds = traceId !== undefined && spanId !== undefined;
      if (hasIds) note(otlpProblem.noStart, `${traceId}/${spanId}`);
      else note(otlpProblem.noIds, traceId ?? '');
      return;
    }
    if (endUs === undefined || endUs < span.startTimeUs) note(otlpProblem.noDuration, `${traceId}/${spanId}`);
    for (let i = 0; i < draft.unreadableEvents; i++) note(otlpProblem.noEvent, `${traceId}/${spanId}`);
    this.#gathering.add(span);
  }
}
