import type { SpanBlock } from '../../core/columns/spanBlock';
import type { Disposable } from '../../core/event';
import { type BlockDecoding, JaegerBlockDecoder, jaegerLandmark } from '../../core/jaeger/jaegerBlockDecoder';
import { KnownTraces } from '../../core/jaeger/knownTraces';
import { type KeptAttributes, OtlpAnswerDecoder } from '../../core/otlp/otlpAnswerDecoder';

/** What an answer held. */
export interface DecodedAnswer extends BlockDecoding {
  readonly blocks: readonly SpanBlock[];
}

/** An answer of a Jaeger that is being decoded. */
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
  /** It is an answer of `/api/v3`, of which these traces are kept; without it, one of `/api`. */
  readonly v3?: KeptAttributes | undefined;
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

/** What decodes the bytes of one answer. */
export function answerDecoder(
  { limit, v3 }: DecodeOptions,
  known: KnownTraces | undefined,
  onBlock: (block: SpanBlock) => void,
): Pick<JaegerBlockDecoder, 'push' | 'end'> {
  return v3
    ? new OtlpAnswerDecoder({ onBlock, kept: v3 })
    : new JaegerBlockDecoder({ onBlock, known, limit, skipAhead });
}

/** Decodes in this thread. */
export class InlineDecoder implements TraceDecoder {
  readonly #known = new KnownTraces();

  begin(options: DecodeOptions): AnswerDecoding {
    const blocks: SpanBlock[] = [];
    const known = options.isOnlyChanged ? this.#known : undefined;
    const decoder = answerDecoder(options, known, (block) => blocks.push(block));
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
