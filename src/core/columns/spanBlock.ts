/** Texts as UTF-8, one after the other: text `ref` ends at `ends[ref]`, and begins where the one before it ends. 0 is no text. */
export interface TextColumns {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly ends: Uint32Array<ArrayBuffer>;
}

/** Attributes of many owners, one after the other: those of owner `i` end at `ends[i]`. See attributeValue.ts for how values are kept. */
export interface AttributeColumns {
  readonly ends: Uint32Array<ArrayBuffer>;
  /** The reference of the key, and the kind of the value in the two highest bits. */
  readonly keys: Uint32Array<ArrayBuffer>;
  readonly values: Uint32Array<ArrayBuffer>;
}

/** A column an item, one row a span. Texts are references; `ends` columns say where a span's items end in their own columns. */
export interface SpanColumns {
  readonly id: Uint32Array<ArrayBuffer>;
  /** 0: none. */
  readonly parent: Uint32Array<ArrayBuffer>;
  readonly name: Uint32Array<ArrayBuffer>;
  /** Index of the resource. */
  readonly resource: Uint32Array<ArrayBuffer>;
  /** Index in `spanKinds`. */
  readonly kind: Uint8Array<ArrayBuffer>;
  /** Index in `spanStatuses`. */
  readonly status: Uint8Array<ArrayBuffer>;
  readonly statusMessage: Uint32Array<ArrayBuffer>;
  readonly startTimeUs: Float64Array<ArrayBuffer>;
  readonly durationUs: Float64Array<ArrayBuffer>;
  /** Index of the place in the code that made the span. */
  readonly site: Uint32Array<ArrayBuffer>;
  readonly attributes: AttributeColumns;
  readonly eventEnds: Uint32Array<ArrayBuffer>;
  readonly linkEnds: Uint32Array<ArrayBuffer>;
  readonly warningEnds: Uint32Array<ArrayBuffer>;
}

/** What there is to say of a place in the code. */
export const siteFlags = { oldNames: 1, library: 2 } as const;

/** Whole traces as columns: what crosses threads, in transferred buffers, and what the store keeps. Nothing in it is ever changed. */
export interface SpanBlock {
  readonly texts: TextColumns;
  /** Numbers that are no whole number below 2³². */
  readonly numbers: Float64Array<ArrayBuffer>;
  readonly traces: {
    readonly id: Uint32Array<ArrayBuffer>;
    /** Where the spans of each trace end. They are in no order. */
    readonly spanEnds: Uint32Array<ArrayBuffer>;
    readonly startTimeUs: Float64Array<ArrayBuffer>;
    readonly endTimeUs: Float64Array<ArrayBuffer>;
    /** A number that changes when anything that is seen of the trace does. */
    readonly fingerprint: Uint32Array<ArrayBuffer>;
    /** What each trace takes of the block's bytes. */
    readonly bytes: Uint32Array<ArrayBuffer>;
  };
  readonly spans: SpanColumns;
  readonly events: {
    readonly name: Uint32Array<ArrayBuffer>;
    readonly timeUs: Float64Array<ArrayBuffer>;
    readonly attributes: AttributeColumns;
  };
  readonly links: { readonly traceId: Uint32Array<ArrayBuffer>; readonly spanId: Uint32Array<ArrayBuffer> };
  readonly warnings: Uint32Array<ArrayBuffer>;
  readonly resources: { readonly service: Uint32Array<ArrayBuffer>; readonly attributes: AttributeColumns };
  /** Places in the code; `line` is 0 where there is none. */
  readonly sites: {
    readonly service: Uint32Array<ArrayBuffer>;
    readonly name: Uint32Array<ArrayBuffer>;
    readonly filePath: Uint32Array<ArrayBuffer>;
    readonly line: Uint32Array<ArrayBuffer>;
    readonly functionName: Uint32Array<ArrayBuffer>;
    /** Sums of `siteFlags`. */
    readonly flags: Uint32Array<ArrayBuffer>;
    /** What a library did there; 0 where that is not said. */
    readonly operation: Uint32Array<ArrayBuffer>;
    /** Of a library's place: the index of the one that called it, and 1; 0 where there is none. */
    readonly caller: Uint32Array<ArrayBuffer>;
  };
}

/** The buffers of a block, each once: what to transfer, and what it weighs. */
export function blockBuffers(block: SpanBlock): readonly ArrayBuffer[] {
  const buffers: ArrayBuffer[] = [];
  const collect = (value: unknown): void => {
    if (ArrayBuffer.isView(value)) {
      if (value.buffer instanceof ArrayBuffer) buffers.push(value.buffer);
    } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  collect(block);
  return buffers;
}

/** Bytes that a block takes, without what its views cost. */
export function blockBytes(block: SpanBlock): number {
  return blockBuffers(block).reduce((sum, { byteLength }) => sum + byteLength, 0);
}
