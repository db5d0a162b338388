import type { SpanBlock } from '../../core/columns/spanBlock';
import type { ProblemCount } from '../../core/decode/problemCount';
import type { DatagramFault } from '../jaegerAgent/decodeDatagram';
import type { OtlpEncoding } from '../otlpReceiver/exportAnswer';
import type { ReceiverLimits } from '../otlpReceiver/receiverLimits';

/** Of the limits of a receiver, those that hold for what is within a body. */
export type BodyLimits = Pick<
  ReceiverLimits,
  'maxInflatedBytes' | 'maxJsonTokens' | 'maxTextLength' | 'maxSpans' | 'maxFields'
>;

/** The body of an OTLP export request, as it came. */
export interface ExportBody {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly encoding: OtlpEncoding;
  readonly isGzip: boolean;
  readonly limits: BodyLimits;
}

/** What came of a request that was taken: pieces of traces, and what was wrong. */
export interface ExportedSpans {
  readonly blocks: readonly SpanBlock[];
  readonly problems: readonly ProblemCount[];
  readonly spans: number;
  /** Spans that could not be read. */
  readonly rejectedSpans: number;
}

/** Datagrams one after the other, in the order in which they came. */
export interface DatagramBatch {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where each of them ends. */
  readonly ends: readonly number[];
}

/** What datagrams held, together. */
export interface HeardSpans {
  readonly blocks: readonly SpanBlock[];
  readonly spans: number;
  /** Spans, tags and events that could not be read in datagrams that could. */
  readonly problems: number;
  /** Of each datagram, in their order, why nothing of it could be read. */
  readonly faults: readonly (DatagramFault | undefined)[];
}

/**
 * Decodes what is received, one after the other, in the order in which it came. The bytes are given away. Rejects with a Refusal for what
 * is not taken: by its fault, or because the decoder ended, in which case it may come again.
 */
export interface ReceivedDecoder {
  decodeExport(body: ExportBody): Promise<ExportedSpans>;
  decodeDatagrams(batch: DatagramBatch): Promise<HeardSpans>;
}
