import type { SpanBlock } from '../core/columns/spanBlock';
import { tracesOf } from '../core/columns/tracesOf';
import type { DecodeProblem } from '../core/decode/decodeProblem';
import type { Trace } from '../core/trace/trace';
import type { TraceDecoder } from './decoder/traceDecoder';

/** What a Jaeger answered, as far as it could be read. */
export interface TraceAnswer {
  /** The traces as columns. */
  readonly blocks: readonly SpanBlock[];
  /** The same traces as handles, made when they are asked for. */
  readonly traces: readonly Trace[];
  readonly problems: readonly DecodeProblem[];
  /** How many traces were in the answer, readable or not, known or not. */
  readonly count: number;
  /** As many traces as were allowed: there are probably more. */
  readonly isSample: boolean;
  /** The connection was cut: these are the traces that had arrived. */
  readonly isPartial: boolean;
  readonly api: 'api' | 'v3';
}

/** An answer as it was read: without handles, and of which the limit is not known. */
export type AnyAnswer = Omit<TraceAnswer, 'traces' | 'isSample'>;

/** How the traces of an answer are fetched. */
export interface FetchOptions {
  readonly signal: AbortSignal;
  readonly maxBytes: number;
  readonly decoder: TraceDecoder;
  /** Traces that were read before are counted and left out. */
  readonly isOnlyChanged: boolean;
  /** Traces from which on an answer is cut: it is not remembered which those of such a one were. */
  readonly limit?: number;
  readonly onProgress?: ((bytes: number) => void) | undefined;
}

/** An answer of which the traces are in blocks. */
export function answerOf(answer: AnyAnswer, isSample: boolean): TraceAnswer {
  let traces: readonly Trace[] | undefined;
  return {
    ...answer,
    isSample,
    get traces() {
      traces ??= tracesOf(answer.blocks);
      return traces;
    },
  };
}
