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

/** Decodes the answers of one Jaeger. Remembers which traces it has read. */
export interface TraceDecoder extends Disposable {
  /** `isOnlyChanged`: traces that were read before are counted and left out. */
  begin(isOnlyChanged: boolean): AnswerDecoding;
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

  begin(isOnlyChanged: boolean): AnswerDecoding {
    const blocks: SpanBlock[] = [];
    const known = isOnlyChanged ? this.#known : undefined;
    const decoder = new JaegerBlockDecoder({ onBlock: (block) => blocks.push(block), known, skipAhead });
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
