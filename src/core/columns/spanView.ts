import {
  type Attributes,
  type Span,
  type SpanEvent,
  type SpanKind,
  type SpanLink,
  type SpanStatus,
  spanKinds,
  spanStatuses,
} from '../trace/span';
import type { Trace } from '../trace/trace';
import type { BlockView } from './blockView';
import { rangeOf } from './rangeOf';

/** A trace of a block. */
export class TraceView implements Trace {
  readonly #view: BlockView;
  readonly #index: number;
  readonly traceId: string;
  #spans: readonly Span[] | undefined;

  constructor(view: BlockView, index: number) {
    this.#view = view;
    this.#index = index;
    this.traceId = view.traceId(index);
  }

  get startTimeUs(): number {
    return this.#view.block.traces.startTimeUs[this.#index] ?? 0;
  }

  get endTimeUs(): number {
    return this.#view.block.traces.endTimeUs[this.#index] ?? 0;
  }

  get spans(): readonly Span[] {
    if (!this.#spans) {
      const [from, to] = this.#view.rowsOf(this.#index);
      const spans = Array.from({ length: to - from }, (_, i) => this.#view.span(from + i));
      this.#spans = spans.sort((a, b) => a.startTimeUs - b.startTimeUs || (a.spanId < b.spanId ? -1 : 1));
    }
    return this.#spans;
  }
}

/** A span of a block, read from its columns when it is asked. */
export class SpanView implements Span {
  readonly #view: BlockView;
  readonly #row: number;
  /** Held, so that a row has one handle as long as any handle of the block is held. */
  readonly siblings: ReadonlyMap<number, SpanView>;
  #attributes: Attributes | undefined;

  constructor(view: BlockView, row: number, siblings: ReadonlyMap<number, SpanView>) {
    this.#view = view;
    this.#row = row;
    this.siblings = siblings;
  }

  get traceId(): string {
    return this.#view.traceId(this.#view.traceOf(this.#row));
  }

  get spanId(): string {
    return this.#view.text(this.#spans.id[this.#row]);
  }

  get parentSpanId(): string | undefined {
    const parent = this.#spans.parent[this.#row];
    return parent ? this.#view.text(parent) : undefined;
  }

  get name(): string {
    return this.#view.name(this.#spans.name[this.#row]);
  }

  get kind(): SpanKind {
    return spanKinds[this.#spans.kind[this.#row] ?? 0] ?? 'unspecified';
  }

  get service(): string {
    return this.#view.service(this.#row);
  }

  get resource(): Attributes {
    return this.#view.resource(this.#resource);
  }

  get startTimeUs(): number {
    return this.#spans.startTimeUs[this.#row] ?? 0;
  }

  get durationUs(): number {
    return this.#spans.durationUs[this.#row] ?? 0;
  }

  get status(): SpanStatus {
    return spanStatuses[this.#spans.status[this.#row] ?? 0] ?? 'unset';
  }

  get statusMessage(): string | undefined {
    const message = this.#spans.statusMessage[this.#row];
    return message ? this.#view.text(message) : undefined;
  }

  get attributes(): Attributes {
    this.#attributes ??= this.#view.attributes(this.#spans.attributes, this.#row);
    return this.#attributes;
  }

  get events(): readonly SpanEvent[] {
    const { name, timeUs, attributes } = this.#view.block.events;
    return this.#items(this.#spans.eventEnds, (i) => ({
      name: this.#view.text(name[i]),
      timeUs: timeUs[i] ?? 0,
      attributes: this.#view.attributes(attributes, i),
    }));
  }

  get links(): readonly SpanLink[] {
    const { traceId, spanId } = this.#view.block.links;
    return this.#items(this.#spans.linkEnds, (i) => ({
      traceId: this.#view.text(traceId[i]),
      spanId: this.#view.text(spanId[i]),
    }));
  }

  get warnings(): readonly string[] {
    return this.#items(this.#spans.warningEnds, (i) => this.#view.text(this.#view.block.warnings[i]));
  }

  get #spans() {
    return this.#view.block.spans;
  }

  get #resource(): number {
    return this.#spans.resource[this.#row] ?? 0;
  }

  #items<T>(ends: Uint32Array, read: (index: number) => T): readonly T[] {
    const [from, to] = rangeOf(ends, this.#row);
    return Array.from({ length: to - from }, (_, i) => read(from + i));
  }
}
