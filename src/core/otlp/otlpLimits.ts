/** How much of one message is read. */
export interface OtlpLimits {
  /** Spans, readable or not. */
  readonly maxSpans: number;
  /** Protobuf fields at all depths: what bounds memory, since an event or an attribute can be a few bytes. */
  readonly maxFields: number;
}

/** Far above what exporters send at once (512 spans by default), within what a window can hold. */
export const defaultOtlpLimits: OtlpLimits = { maxSpans: 100_000, maxFields: 4_000_000 };
