import type { SpanBlock } from '../../core/columns/spanBlock';
import type { Disposable } from '../../core/event';
import { type BlockDecoding, JaegerBlockDecoder, jaegerLandmark } from '../../core/jaeger/jaegerBlockDecoder';
import { KnownTraces } from '../../core/jaeger/knownTraces';

/** What an answer held. */
export interface DecodedAnswer extends BlockDecoding {
  readonly blocks: readonly SpanBlock[];
}

/** An answer of Jaeger's `/api` that is being decoded. */
export interface AnswerDecoding {
  /** Takes the next bytes, which stay the caller's; false when the rest does not matter any more. */
  push(chunk: Uint8Array): boolean;
  /** Rejects when the decoder itself fails, never for what the answer is. */
  end(): Promise<DecodedAnswer>;
  /** Decodes no further; `end` need not be called. */
  abort(): void;
}

/** How an answer is decoded. */
export interface DecodeOptions {
  /** Traces that were read before are counted and left out. */
  readonly isOnlyChanged: boolean;
  /** Traces from which on the answer is cut, and its traces are not remembered. */
  readonly limit?: number | undefined;
}

/** Decodes the answers of one Jaeger. Remembers which traces it has read. */
export interface TraceDecoder extends Disposable {
  begin(options: DecodeOptions): AnswerDecoding;
  /** Forgets which traces were read: what was decoded has not reached the store, or has left it. */
  forget(): void;
}

const landmark = Buffer.from(jaegerLandmark);

/** Goes ahead in a chunk to what Jaeger writes after the spans of a trace. */
export function skipAhead(chunk: Uint8Array, from: number): number {
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).indexOf(landmark, from);
}

/** Decodes in this thread. */
export class InlineDecoder implements TraceDecoder {
  readonly #known = new KnownTraces();

  begin({ isOnlyChanged, limit }: DecodeOptions): AnswerDecoding {
    const blocks: SpanBlock[] = [];
    const known = isOnlyChanged ? this.#known : undefined;
    const onBlock = (block: SpanBlock) => blocks.push(block);
    const decoder = new JaegerBlockDecoder({ onBlock, known, limit, skipAhead });
    return {
      push: (chunk) => decoder.push(chunk),
      end: async () => ({ ...decoder.end(), blocks }),
      abort: () => undefined,
    };
  }

  forget(): void {
    this.#known.clear();
  }

  dispose(): void {
    this.forget();
  }
}
