import type { SpanBlock } from '../../core/columns/spanBlock';
import type { BlockDecoding } from '../../core/jaeger/jaegerBlockDecoder';
import type { RefusalReason } from '../otlpReceiver/refusal';
import type { DatagramBatch, ExportBody, ExportedSpans, HeardSpans } from './receivedDecoder';
import type { DecodeOptions } from './traceDecoder';

/** What the decoder's thread is told. `source` stands for one Jaeger, `id` for one of its answers, or for something that was received. */
export type DecodeRequest =
  | ({ readonly kind: 'begin'; readonly id: number; readonly source: number } & DecodeOptions)
  | { readonly kind: 'chunk'; readonly id: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'end'; readonly id: number }
  | { readonly kind: 'abort'; readonly id: number }
  | { readonly kind: 'forget'; readonly source: number }
  | { readonly kind: 'export'; readonly id: number; readonly body: ExportBody }
  | { readonly kind: 'datagrams'; readonly id: number; readonly batch: DatagramBatch };

/** What it says. A block comes in transferred buffers. */
export type DecodeResponse =
  | { readonly kind: 'block'; readonly id: number; readonly block: SpanBlock }
  | { readonly kind: 'broken'; readonly id: number }
  | { readonly kind: 'end'; readonly id: number; readonly decoding: BlockDecoding }
  | { readonly kind: 'exported'; readonly id: number; readonly spans: ExportedSpans }
  | { readonly kind: 'heard'; readonly id: number; readonly spans: HeardSpans }
  | {
      readonly kind: 'refused';
      readonly id: number;
      readonly reason: RefusalReason;
      readonly message: string;
    }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };
