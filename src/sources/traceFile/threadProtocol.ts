import type { SpanBlock } from '../../core/columns/spanBlock';
import type { FailureKind } from '../../core/humanError';
import type { TraceFileContents } from '../../core/traceFile/traceFileBlocks';
import type { FileSource } from './plainBytes';

/** What the thread that reads a file is started with. */
export interface TraceFileTask {
  readonly source: FileSource;
  /** 256 MB unless given. */
  readonly maxBytes?: number | undefined;
}

/** What it says. A block comes in transferred buffers; after `end` or `failed` comes nothing more. */
export type TraceFileWord =
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'block'; readonly block: SpanBlock }
  | { readonly kind: 'end'; readonly contents: TraceFileContents }
  /** Without a kind of failure, it is a bug. */
  | { readonly kind: 'failed'; readonly failure: FailureKind | undefined; readonly message: string };
