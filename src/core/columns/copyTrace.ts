import { keyMask, kindShift, valueKinds } from './attributeValue';
import type { AttributeWriter } from './attributeWriter';
import type { BlockBuilder } from './blockBuilder';
import { decodeText } from './decodeText';
import { rangeOf } from './rangeOf';
import type { AttributeColumns, SpanBlock } from './spanBlock';

/** Copies traces or spans of one block into a builder, column by column, but for attributes that `isLeftOut`. */
export class TraceCopier {
  readonly #block: SpanBlock;
  readonly #builder: BlockBuilder;
  /** By the reference of a text in the block: its reference in the builder. */
  readonly #refs: Uint32Array;
  /** By index of a resource in the block: one more than its index in the builder. */
  readonly #resources: Uint32Array;
  /** By index of a place in the code in the block: one more than its index in the builder. */
  readonly #sites: Uint32Array;
  readonly #isLeftOut: ((key: string) => boolean) | undefined;
  /** By the reference of a key in the block: whether it is left out. */
  readonly #leftOut = new Map<number, boolean>();

  constructor(block: SpanBlock, builder: BlockBuilder, isLeftOut?: (key: string) => boolean) {
    this.#block = block;
    this.#builder = builder;
    this.#isLeftOut = isLeftOut;
    this.#refs = new Uint32Array(block.texts.ends.length);
    this.#resources = new Uint32Array(block.resources.service.length);
    this.#sites = new Uint32Array(block.sites.name.length);
  }

  copy(trace: number): void {
    const [from, to] = rangeOf(this.#block.traces.spanEnds, trace);
    for (let row = from; row < to; row++) this.span(row);
    this.#builder.trace(this.traceId(trace));
  }

  /** Copies the id of a trace; its reference. */
  traceId(trace: number): number {
    return this.#ref(this.#block.traces.id[trace]);
  }

  /** Copies a span, which becomes one of the trace that is being written, and what the block knows of its place in the code. */
  spanWithSite(row: number): void {
    const copied = this.span(row);
    const site = this.#block.spans.site[row] ?? 0;
    const known = this.#sites[site] ?? 0;
    if (known > 0) this.#builder.siteOf(copied, known - 1);
    else this.#sites[site] = this.#builder.findSite(copied) + 1;
  }

  /** Copies a span, which becomes one of the trace that is being written; its row. */
  span(row: number): number {
    const { spans, events, links, warnings } = this.#block;
    const builder = this.#builder;
    this.#copyAttributes(builder.attributes, spans.attributes, row);
    const [firstEvent, eventsEnd] = rangeOf(spans.eventEnds, row);
    for (let i = firstEvent; i < eventsEnd; i++) {
      this.#copyAttributes(builder.eventAttributes, events.attributes, i);
      builder.event(this.#ref(events.name[i]), events.timeUs[i] ?? 0);
    }
    const [firstLink, linksEnd] = rangeOf(spans.linkEnds, row);
    for (let i = firstLink; i < linksEnd; i++)
      builder.link(this.#ref(links.traceId[i]), this.#ref(links.spanId[i]));
    const [firstWarning, warningsEnd] = rangeOf(spans.warningEnds, row);
    for (let i = firstWarning; i < warningsEnd; i++) builder.warning(this.#ref(warnings[i]));
    const copied = builder.span({
      id: this.#ref(spans.id[row]),
      parent: this.#ref(spans.parent[row]),
      name: this.#ref(spans.name[row]),
      startTimeUs: spans.startTimeUs[row] ?? 0,
      durationUs: spans.durationUs[row] ?? 0,
    });
    const message = this.#ref(spans.statusMessage[row]);
    builder.state(copied, spans.kind[row] ?? 0, spans.status[row] ?? 0, message);
    builder.resourceOf(copied, this.#resource(spans.resource[row] ?? 0));
    return copied;
  }

  #resource(index: number): number {
    const known = this.#resources[index] ?? 0;
    if (known > 0) return known - 1;
    const { service, attributes } = this.#block.resources;
    this.#copyAttributes(this.#builder.resourceAttributes, attributes, index);
    const copied = this.#builder.resource(this.#ref(service[index]));
    this.#resources[index] = copied + 1;
    return copied;
  }

  #copyAttributes(writer: AttributeWriter, columns: AttributeColumns, owner: number): void {
    const [from, to] = rangeOf(columns.ends, owner);
    for (let i = from; i < to; i++) {
      const packed = columns.keys[i] ?? 0;
      if (this.#isLeftOut && this.#leavesOut(packed & keyMask, this.#isLeftOut)) continue;
      const key = this.#ref(packed & keyMask);
      const value = columns.values[i] ?? 0;
      const kind = packed >>> kindShift;
      if (kind === valueKinds.text) writer.text(key, this.#ref(value));
      else if (kind === valueKinds.boolean) writer.flag(key, value === 1);
      else writer.number(key, kind === valueKinds.whole ? value : (this.#block.numbers[value] ?? Number.NaN));
    }
  }

  #leavesOut(ref: number, isLeftOut: (key: string) => boolean): boolean {
    let leavesOut = this.#leftOut.get(ref);
    if (leavesOut === undefined) {
      const { bytes, ends } = this.#block.texts;
      leavesOut = isLeftOut(decodeText(bytes, ends[ref - 1] ?? 0, ends[ref] ?? 0));
      this.#leftOut.set(ref, leavesOut);
    }
    return leavesOut;
  }

  #ref(ref = 0): number {
    if (ref === 0) return 0;
    const known = this.#refs[ref] ?? 0;
    if (known > 0) return known;
    const { bytes, ends } = this.#block.texts;
    const copied = this.#builder.texts.internBytes(bytes, ends[ref - 1] ?? 0, ends[ref] ?? 0);
    this.#refs[ref] = copied;
    return copied;
  }
}
