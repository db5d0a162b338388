import { BlockBuilder } from '../columns/blockBuilder';
import type { SpanBlock } from '../columns/spanBlock';
import type { ProblemCount } from '../decode/problemCount';
import { MessageTexts } from './messageTexts';
import type { OtlpLimits } from './otlpLimits';
import { BrokenMessage, ProtobufReader, TooManyParts } from './protobufReader';
import { SpanIndex } from './spanIndex';
import { SpanWriter } from './spanWriter';
import { TraceWriter } from './traceWriter';

/** How much of a message is read. */
export interface OtlpBlockLimits extends OtlpLimits {
  /** Longest text, in characters; a longer one is cut. */
  readonly maxTextLength: number;
}

/** What a message held, or why it is not taken at all. */
export type OtlpBlock =
  | {
      /** Without spans there is none. */
      readonly block: SpanBlock | undefined;
      readonly spans: number;
      readonly problems: readonly ProblemCount[];
      readonly fault: undefined;
    }
  | { readonly fault: 'broken' }
  | { readonly fault: 'too-large' };

/**
 * The spans of an OTLP ExportTraceServiceRequest in protobuf as columns, straight from their bytes: the same as decodeOtlpProtobuf makes
 * objects of, which is held against it. Never throws. Work and memory are linear in the bytes.
 */
export function decodeOtlpBlock(bytes: Uint8Array, limits: OtlpBlockLimits): OtlpBlock {
  const reader = new ProtobufReader(bytes, limits.maxFields);
  const builder = new BlockBuilder();
  const texts = new MessageTexts(reader, builder.texts, limits.maxTextLength);
  try {
    const index = new SpanIndex(reader, texts, limits.maxSpans);
    const traces = new TraceWriter({
      reader,
      builder,
      texts,
      index,
      spans: new SpanWriter(reader, texts, builder),
    });
    for (const [traceId, spans] of index.byTrace) traces.write(traceId, spans);
    const block = builder.spanCount === 0 ? undefined : builder.take();
    return { block, spans: builder.spanCount, problems: traces.problems, fault: undefined };
  } catch (error) {
    if (error instanceof TooManyParts) return { fault: 'too-large' };
    if (error instanceof BrokenMessage) return { fault: 'broken' };
    throw error;
  }
}
