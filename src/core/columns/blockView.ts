import type { Attributes, AttributeValue, Span } from '../trace/span';
import type { Trace } from '../trace/trace';
import { keyMask, kindShift, valueKinds } from './attributeValue';
import { decodeText } from './decodeText';
import { rangeOf } from './rangeOf';
import type { AttributeColumns, SpanBlock } from './spanBlock';
import { SpanView, TraceView } from './spanView';

/**
 * What a block holds, as traces and spans: light handles that read their columns when they are asked. The same row has the same handle as
 * long as somebody holds it.
 */
export class BlockView {
  readonly block: SpanBlock;
  readonly #names = new Map<number, string>();
  readonly #refs = new Map<string, number>();
  readonly #traces = new Map<number, WeakRef<TraceView>>();
  #handles: WeakRef<Map<number, SpanView>> | undefined;
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
    const held = this.#traces.get(index)?.deref();
    if (held) return held;
    const made = new TraceView(this, index);
    this.#traces.set(index, new WeakRef(made));
    return made;
  }

  span(row: number): Span {
    let handles = this.#handles?.deref();
    if (!handles) {
      handles = new Map();
      this.#handles = new WeakRef(handles);
    }
    let handle = handles.get(row);
    if (!handle) {
      handle = new SpanView(this, row, handles);
      handles.set(row, handle);
    }
    return handle;
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

  /** An attribute of a row, by the reference of its key. */
  attribute(row: number, key: number): AttributeValue | undefined {
    const place = this.placeOf(row, key);
    return place < 0 ? undefined : this.value(this.block.spans.attributes, place);
  }

  service(row: number): string {
    const { spans, resources } = this.block;
    return this.name(resources.service[spans.resource[row] ?? 0]);
  }

  resource(index: number): Attributes {
    const known = this.#resources[index];
    if (known) return known;
    const made = this.attributes(this.block.resources.attributes, index);
    this.#resources[index] = made;
    return made;
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
