import { GrowingUint32 } from '../columns/growingColumn';
import { isInstrumentationScope } from '../columns/librarySpans';
import type { Attributes, AttributeValue } from '../trace/span';
import type { MessageTexts } from './messageTexts';
import { noAttributes, readAttribute } from './protobufAttributes';
import { BrokenMessage, type ProtobufReader, TooManyParts } from './protobufReader';

/**
 * Where the spans of an ExportTraceServiceRequest lie and which trace each belongs to, since a block has them trace by trace, and a message
 * has them as they ended. Throws BrokenMessage and TooManyParts.
 */
export class SpanIndex {
  readonly #reader: ProtobufReader;
  readonly #texts: MessageTexts;
  readonly resources: Attributes[] = [];
  /** By the reference of a trace's id, its spans; those of no id that can be read by 0. */
  readonly byTrace = new Map<number, number[]>();
  readonly #starts = new GrowingUint32();
  readonly #ends = new GrowingUint32();
  readonly #resourceOf = new GrowingUint32();
  readonly #scopeOf = new GrowingUint32();
  readonly #maxSpans: number;
  /** Of the ResourceSpans that is being read. */
  #attributes: Map<string, AttributeValue> | undefined;
  #hasSpans = false;
  /** Of the ScopeSpans that is being read: its name when it is one of instrumentation, else 0. */
  #scope = 0;

  constructor(reader: ProtobufReader, texts: MessageTexts, maxSpans: number) {
    this.#reader = reader;
    this.#texts = texts;
    this.#maxSpans = maxSpans;
    this.#parts(reader.length, 0x0a, (end) => this.#resourceSpans(end));
  }

  get length(): number {
    return this.#starts.length;
  }

  /** Where a span's message lies, the index of its resource, and the name of its scope when that is one of instrumentation, else 0. */
  at(span: number): {
    readonly start: number;
    readonly end: number;
    readonly resource: number;
    readonly scope: number;
  } {
    return {
      start: this.#starts.data[span] ?? 0,
      end: this.#ends.data[span] ?? 0,
      resource: this.#resourceOf.data[span] ?? 0,
      scope: this.#scopeOf.data[span] ?? 0,
    };
  }

  /** Calls `read` for each message of one tag, with where it ends. */
  #parts(end: number, wanted: number, read: (end: number) => void): void {
    const reader = this.#reader;
    for (let tag = reader.nextTag(end); tag !== 0; tag = reader.nextTag(end)) {
      if (tag !== wanted) {
        reader.skipValue(tag, end);
        continue;
      }
      const partEnd = reader.messageEnd(end);
      read(partEnd);
      reader.pos = partEnd;
    }
  }

  /** The resource may come after the spans that it belongs to, so the message is gone through twice. */
  #resourceSpans(end: number): void {
    const start = this.#reader.pos;
    this.#attributes = undefined;
    this.#hasSpans = false;
    this.#parts(end, 0x0a, this.#resource);
    this.#reader.pos = start;
    this.#parts(end, 0x12, this.#scopeSpans);
  }

  readonly #resource = (end: number): void => {
    const reader = this.#reader;
    for (let tag = reader.nextTag(end); tag !== 0; tag = reader.nextTag(end)) {
      if (tag !== 0x0a) {
        reader.skipValue(tag, end);
        continue;
      }
      this.#attributes ??= new Map();
      readAttribute(reader, end, this.#attributes);
    }
  };

  /** The scope, too, may come after its spans. */
  readonly #scopeSpans = (end: number): void => {
    const start = this.#reader.pos;
    this.#scope = 0;
    this.#parts(end, 0x0a, this.#scopeName);
    this.#reader.pos = start;
    this.#parts(end, 0x12, this.#span);
  };

  readonly #scopeName = (end: number): void => {
    const reader = this.#reader;
    let name = '';
    for (let tag = reader.nextTag(end); tag !== 0; tag = reader.nextTag(end)) {
      if (tag === 0x0a) name = reader.readText(end);
      else reader.skipValue(tag, end);
    }
    this.#scope = isInstrumentationScope(name) ? this.#texts.ref(name) : 0;
  };

  readonly #span = (end: number): void => {
    if (this.length >= this.#maxSpans) throw new TooManyParts();
    const span = this.length;
    // A resource without spans is none: of those there may be millions.
    if (!this.#hasSpans) this.resources.push(this.#attributes ?? noAttributes);
    this.#hasSpans = true;
    this.#starts.push(this.#reader.pos);
    this.#ends.push(end);
    this.#resourceOf.push(this.resources.length - 1);
    this.#scopeOf.push(this.#scope);
    const traceId = this.#traceId(end);
    const spans = this.byTrace.get(traceId);
    if (spans) spans.push(span);
    else this.byTrace.set(traceId, [span]);
  };

  /** The last one that a span has, as protobuf has it. Its fields are not counted: that is done when the span is read. */
  #traceId(end: number): number {
    const reader = this.#reader;
    let traceId = 0;
    try {
      while (reader.pos < end) {
        const tag = reader.readUnsigned(end);
        if (tag === 0x0a) traceId = this.#texts.readId(end);
        else reader.skipValue(tag, end);
      }
    } catch (error) {
      // That it is broken is found again when the span is read.
      if (!(error instanceof BrokenMessage)) throw error;
      return 0;
    }
    return traceId;
  }
}
