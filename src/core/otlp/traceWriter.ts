import type { BlockBuilder } from '../columns/blockBuilder';
import type { ProblemCount } from '../decode/problemCount';
import type { MessageTexts } from './messageTexts';
import { BrokenMessage, type ProtobufReader } from './protobufReader';
import { otlpProblem } from './spanGathering';
import type { SpanIndex } from './spanIndex';
import type { SpanWriter } from './spanWriter';

/** What a message is read with. */
export interface TraceWriterParts {
  readonly reader: ProtobufReader;
  readonly builder: BlockBuilder;
  readonly texts: MessageTexts;
  readonly index: SpanIndex;
  readonly spans: SpanWriter;
}

interface KeptSpan {
  /** Its number in the message. */
  readonly span: number;
  readonly durationUs: number;
  readonly isCut: boolean;
}

/** Writes the spans of a message trace by trace, each span id once, as the longest span that has it. */
export class TraceWriter {
  readonly #parts: TraceWriterParts;
  readonly #counts = new Map<string, number>();
  /** By index of a resource in the message: its index in the block, and whether something of it was cut. */
  readonly #resources: (readonly [index: number, isCut: boolean] | undefined)[] = [];

  constructor(parts: TraceWriterParts) {
    this.#parts = parts;
  }

  get problems(): readonly ProblemCount[] {
    return [...this.#counts].map(([what, count]) => ({ what, count }));
  }

  /** Writes the spans of one trace, as far as they can be read. */
  write(traceId: number, spans: readonly number[]): void {
    const { builder } = this.#parts;
    const kept = new Map<number, KeptSpan>();
    let isSuperseded = false;
    for (const span of spans) {
      if (!this.#read(span)) {
        builder.rollBackSpan();
        continue;
      }
      const { spanId, durationUs } = this.#parts.spans;
      const known = kept.get(spanId);
      if (known) {
        this.#note(otlpProblem.repeated);
        if (durationUs <= known.durationUs) {
          builder.rollBackSpan();
          continue;
        }
        isSuperseded = true;
      }
      kept.set(spanId, { span, durationUs, isCut: this.#end(span) });
    }
    for (const { isCut } of kept.values()) if (isCut) this.#note(otlpProblem.cutText);
    if (isSuperseded) this.#writeAgain(kept.values());
    builder.trace(traceId);
  }

  /** Reads a span, and says what is wrong with it; false when it can be none. */
  #read(span: number): boolean {
    const { reader, index, spans } = this.#parts;
    const { start, end } = index.at(span);
    reader.pos = start;
    try {
      spans.read(end);
    } catch (error) {
      if (!(error instanceof BrokenMessage)) throw error;
      this.#note(otlpProblem.brokenSpan);
      return false;
    }
    const { traceId, spanId, startUs, endUs, unreadableEvents } = spans;
    if (traceId === 0 || spanId === 0 || startUs === undefined) {
      this.#note(traceId === 0 || spanId === 0 ? otlpProblem.noIds : otlpProblem.noStart);
      return false;
    }
    if (endUs === undefined || endUs < startUs) this.#note(otlpProblem.noDuration);
    if (unreadableEvents > 0) this.#note(otlpProblem.noEvent, unreadableEvents);
    return true;
  }

  /** Ends the span that was read; whether something of it was cut. */
  #end(span: number): boolean {
    const { resource: number, scope } = this.#parts.index.at(span);
    const [resource, isResourceCut] = this.#resource(number);
    return this.#parts.spans.write(resource, scope) || isResourceCut;
  }

  /** Of spans that came again and longer, the first ones are written already: all that are kept are written once more. */
  #writeAgain(kept: Iterable<KeptSpan>): void {
    const { reader, builder, index, spans } = this.#parts;
    builder.rollBack();
    for (const { span } of kept) {
      const { start, end } = index.at(span);
      reader.pos = start;
      spans.read(end);
      this.#end(span);
    }
  }

  #resource(number: number): readonly [index: number, isCut: boolean] {
    const known = this.#resources[number];
    if (known) return known;
    const { builder, texts, index } = this.#parts;
    const attributes = index.resources[number] ?? new Map();
    for (const [key, value] of attributes) {
      const ref = texts.ref(key);
      if (typeof value === 'string') builder.resourceAttributes.text(ref, texts.ref(value));
      else builder.resourceAttributes.value(ref, value);
    }
    const service = texts.ref(String(attributes.get('service.name') || 'missing-service-name'));
    const isCut = texts.cut.has(service) || texts.isCutIn(builder.resourceAttributes);
    const made = [builder.resource(service), isCut] as const;
    this.#resources[number] = made;
    return made;
  }

  #note(what: string, count = 1): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + count);
  }
}
