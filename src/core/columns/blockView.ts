import {
  type Attributes,
  type AttributeValue,
  type Span,
  type SpanEvent,
  type SpanKind,
  type SpanLink,
  type SpanStatus,
  spanKinds,
  spanStatuses,
} from '../trace/span';
import type { Trace } from '../trace/trace';
import { keyMask, kindShift, valueKinds } from './attributeValue';
import { decodeText } from './decodeText';
import { rangeOf } from './rangeOf';
import type { AttributeColumns, SpanBlock } from './spanBlock';

/**
 * What a block holds, as traces and spans: light handles that read their columns when they are asked. The same row has the same handle as
 * long as somebody holds it.
 */
export class BlockView {
  readonly block: SpanBlock;
  readonly #names = new Map<number, string>();
  readonly #refs = new Map<string, number>();
  readonly #spans = new Map<number, WeakRef<SpanView>>();
  readonly #resources: (Attributes | undefined)[] = [];

  constructor(block: SpanBlock) {
    this.block = block;
  }

  get traceCount(): number {
    return this.block.traces.id.length;
  }

  get spanCount(): number {
    return this.block.spans.id.length;
  }

  traceId(index: number): string {
    return this.text(this.block.traces.id[index]);
  }

  /** The rows of a trace's spans. */
  rowsOf(trace: number): readonly [from: number, to: number] {
    return rangeOf(this.block.traces.spanEnds, trace);
  }

  /** The index of the trace that a row belongs to. */
  traceOf(row: number): number {
    const { spanEnds } = this.block.traces;
    let [low, high] = [0, spanEnds.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((spanEnds[middle] ?? 0) <= row) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  trace(index: number): Trace {
    return new TraceView(this, index);
  }

  span(row: number): Span {
    const held = this.#spans.get(row)?.deref();
    if (held) return held;
    const made = new SpanView(this, row);
    this.#spans.set(row, new WeakRef(made));
    return made;
  }

  /** A text; empty for the reference of none. */
  text(ref: number | undefined): string {
    if (!ref) return '';
    const { bytes, ends } = this.block.texts;
    return decodeText(bytes, ends[ref - 1] ?? 0, ends[ref] ?? 0);
  }

  /** A text of which there are few: names, services, keys. */
  name(ref: number | undefined): string {
    if (!ref) return '';
    let name = this.#names.get(ref);
    if (name === undefined) {
      name = this.text(ref);
      this.#names.set(ref, name);
    }
    return name;
  }

  /** The reference of a text, such as a key; 0 when the block has it not. */
  refOf(text: string): number {
    let ref = this.#refs.get(text);
    if (ref === undefined) {
      ref = findText(this.block, text);
      this.#refs.set(text, ref);
    }
    return ref;
  }

  /** The value at a place of attribute columns. */
  value(columns: AttributeColumns, place: number): AttributeValue {
    const value = columns.values[place] ?? 0;
    switch ((columns.keys[place] ?? 0) >>> kindShift) {
      case valueKinds.text:
        return this.text(value);
      case valueKinds.number:
        return this.block.numbers[value] ?? Number.NaN;
      case valueKinds.whole:
        return value;
      default:
        return value === 1;
    }
  }

  attributes(columns: AttributeColumns, owner: number): Attributes {
    const attributes = new Map<string, AttributeValue>();
    const [from, to] = rangeOf(columns.ends, owner);
    for (let i = from; i < to; i++)
      attributes.set(this.name((columns.keys[i] ?? 0) & keyMask), this.value(columns, i));
    return attributes;
  }

  /** Where an attribute of a row lies, by the reference of its key; -1 when it has it not. */
  placeOf(row: number, key: number): number {
    if (key === 0) return -1;
    const { ends, keys } = this.block.spans.attributes;
    const [from, to] = rangeOf(ends, row);
    for (let i = from; i < to; i++) if (((keys[i] ?? 0) & keyMask) === key) return i;
    return -1;
  }

  resource(index: number): Attributes {
    const known = this.#resources[index];
    if (known) return known;
    const made = this.attributes(this.block.resources.attributes, index);
    this.#resources[index] = made;
    return made;
  }
}

class TraceView implements Trace {
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

class SpanView implements Span {
  readonly #view: BlockView;
  readonly #row: number;
  #attributes: Attributes | undefined;

  constructor(view: BlockView, row: number) {
    this.#view = view;
    this.#row = row;
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
    return this.#view.name(this.#view.block.resources.service[this.#resource]);
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

function findText({ texts: { bytes, ends } }: SpanBlock, text: string): number {
  const wanted = new TextEncoder().encode(text);
  for (let ref = 1; ref < ends.length; ref++) {
    const from = ends[ref - 1] ?? 0;
    if ((ends[ref] ?? 0) - from !== wanted.length) continue;
    let i = 0;
    while (i < wanted.length && bytes[from + i] === wanted[i]) i++;
    if (i === wanted.length) return ref;
  }
  return 0;
}
