import type { AttributeWriter } from '../columns/attributeWriter';
import type { BlockBuilder } from '../columns/blockBuilder';
import { spanKinds, spanStatuses } from '../trace/span';
import type { MessageTexts } from './messageTexts';
import { type AttributeRead, maxNesting, readAnyValue } from './protobufAttributes';
import type { ProtobufReader } from './protobufReader';

/** Reads Span messages from their bytes into columns; what belongs to a span is written as it comes, its row when all of it is known. */
export class SpanWriter {
  readonly #reader: ProtobufReader;
  readonly #texts: MessageTexts;
  readonly #builder: BlockBuilder;
  /** References; 0 where there is none that can be read. */
  traceId = 0;
  spanId = 0;
  startUs: number | undefined;
  endUs: number | undefined;
  /** Events without a time. */
  unreadableEvents = 0;
  #hasCutEvent = false;
  #parent = 0;
  #name = 0;
  #kind = 0;
  #status = 0;
  #statusMessage = 0;

  constructor(reader: ProtobufReader, texts: MessageTexts, builder: BlockBuilder) {
    this.#reader = reader;
    this.#texts = texts;
    this.#builder = builder;
  }

  get durationUs(): number {
    const { startUs = 0, endUs = startUs } = this;
    return Math.max(0, endUs - startUs);
  }

  /** Reads a message whose length has been read. Throws when it is broken. */
  read(end: number): void {
    this.traceId = this.spanId = this.#parent = 0;
    this.#name = this.#texts.empty;
    this.#kind = this.#status = this.#statusMessage = 0;
    this.startUs = this.endUs = undefined;
    this.unreadableEvents = 0;
    this.#hasCutEvent = false;
    const reader = this.#reader;
    for (let tag = reader.nextTag(end); tag !== 0; tag = reader.nextTag(end)) this.#field(tag, end);
  }

  /** Ends the span that was read, with the name of its scope, or 0; whether a text of it was cut. */
  write(resource: number, scope: number): boolean {
    const builder = this.#builder;
    // Told as Jaeger tells it.
    if (scope !== 0) builder.attributes.text(this.#texts.ref('otel.scope.name'), scope);
    const { cut } = this.#texts;
    const isCut =
      this.#hasCutEvent ||
      cut.has(this.#name) ||
      cut.has(this.#statusMessage) ||
      this.#texts.isCutIn(builder.attributes);
    const row = builder.span({
      id: this.spanId,
      parent: this.#parent,
      name: this.#name,
      startTimeUs: this.startUs ?? 0,
      durationUs: this.durationUs,
    });
    const kind = this.#kind < spanKinds.length ? this.#kind : 0;
    const status = this.#status < spanStatuses.length ? this.#status : 0;
    builder.state(row, kind, status, this.#statusMessage);
    builder.resourceOf(row, resource);
    return isCut;
  }

  #field(tag: number, end: number): void {
    const reader = this.#reader;
    switch (tag) {
      case 0x0a:
        this.traceId = this.#texts.readId(end);
        break;
      case 0x12:
        this.spanId = this.#texts.readId(end);
        break;
      case 0x22:
        this.#parent = this.#texts.readId(end);
        break;
      case 0x2a:
        this.#name = this.#texts.read(end);
        break;
      case 0x30:
        this.#kind = reader.readUnsigned(end);
        break;
      case 0x39:
        this.startUs = reader.readTimeUs(end);
        break;
      case 0x41:
        this.endUs = reader.readTimeUs(end);
        break;
      case 0x4a:
        this.#attribute(this.#builder.attributes, end);
        break;
      case 0x5a:
        this.#event(reader.messageEnd(end));
        break;
      case 0x6a:
        this.#link(reader.messageEnd(end));
        break;
      case 0x7a:
        this.#statusOf(reader.messageEnd(end));
        break;
      default: // trace_state, flags, the dropped counts, and what is not known yet
        reader.skipValue(tag, end);
    }
  }

  /** A KeyValue, from its length on. One without a value is left out. */
  #attribute(writer: AttributeWriter, end: number): void {
    const reader = this.#reader;
    const texts = this.#texts;
    const ownEnd = reader.messageEnd(end);
    let key = texts.empty;
    let text = 0;
    let value: AttributeRead;
    for (let tag = reader.nextTag(ownEnd); tag !== 0; tag = reader.nextTag(ownEnd)) {
      if (tag === 0x0a) key = texts.read(ownEnd);
      else if (tag === 0x12) {
        const valueEnd = reader.messageEnd(ownEnd);
        text = this.#leadingText(valueEnd);
        value = reader.pos < valueEnd ? readAnyValue(reader, valueEnd, maxNesting) : undefined;
      } else reader.skipValue(tag, ownEnd);
    }
    if (typeof value === 'number') writer.number(key, value);
    else if (typeof value === 'boolean') writer.flag(key, value);
    else if (value !== undefined) writer.text(key, texts.ref(typeof value === 'object' ? value.json : value));
    else if (text !== 0) writer.text(key, text);
  }

  /** The string that an AnyValue begins with, which is mostly all of it; 0 when it begins with something else. */
  #leadingText(end: number): number {
    const reader = this.#reader;
    if (reader.pos >= end || reader.buf[reader.pos] !== 0x0a) return 0;
    reader.nextTag(end);
    return this.#texts.read(end);
  }

  #event(end: number): void {
    const reader = this.#reader;
    let name = this.#texts.empty;
    let timeUs: number | undefined;
    for (let tag = reader.nextTag(end); tag !== 0; tag = reader.nextTag(end)) {
      if (tag === 0x09) timeUs = reader.readTimeUs(end);
      else if (tag === 0x12) name = this.#texts.read(end);
      else if (tag === 0x1a) this.#attribute(this.#builder.eventAttributes, end);
      else reader.skipValue(tag, end);
    }
    if (timeUs === undefined) {
      this.#builder.rollBackEvent();
      this.unreadableEvents++;
      return;
    }
    this.#hasCutEvent ||= this.#texts.cut.has(name) || this.#texts.isCutIn(this.#builder.eventAttributes);
    this.#builder.event(name, timeUs);
  }

  #link(end: number): void {
    const reader = this.#reader;
    let [traceId, spanId] = [0, 0];
    for (let tag = reader.nextTag(end); tag !== 0; tag = reader.nextTag(end)) {
      if (tag === 0x0a) traceId = this.#texts.readId(end);
      else if (tag === 0x12) spanId = this.#texts.readId(end);
      else reader.skipValue(tag, end);
    }
    if (traceId !== 0 && spanId !== 0) this.#builder.link(traceId, spanId);
  }

  #statusOf(end: number): void {
    const reader = this.#reader;
    for (let tag = reader.nextTag(end); tag !== 0; tag = reader.nextTag(end)) {
      if (tag === 0x12) this.#statusMessage = this.#texts.read(end);
      else if (tag === 0x18) this.#status = reader.readUnsigned(end);
      else reader.skipValue(tag, end);
    }
  }
}
