import type { SpanBlock } from '../../core/columns/spanBlock';
import type { BlockDecoding } from '../../core/jaeger/jaegerBlockDecoder';
import type { DecodeOptions } from './traceDecoder';

/** What the decoder's thread is told. `source` stands for one Jaeger, `id` for one of its answers. */
export type DecodeRequest =
  | ({ readonly kind: 'begin'; readonly id: number; readonly source: number } & DecodeOptions)
  | { readonly kind: 'chunk'; readonly id: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'end'; readonly id: number }
  | { readonly kind: 'abort'; readonly id: number }
  | { readonly kind: 'forget'; readonly source: number };

/** What it says. A block comes in transferred buffers. */
export type DecodeResponse =
  | { readonly kind: 'block'; readonly id: number; readonly block: SpanBlock }
  | { readonly kind: 'broken'; readonly id: number }
  | { readonly kind: 'end'; readonly id: number; readonly decoding: BlockDecoding }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };
