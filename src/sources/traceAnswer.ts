import type { DecodeProblem } from '../core/decode/decodeProblem';
import type { Trace } from '../core/trace/trace';

/** What a Jaeger answered, as far as it could be read. */
export interface TraceAnswer {
  readonly traces: readonly Trace[];
  readonly problems: readonly DecodeProblem[];
  /** How many traces were in the answer, readable or not. */
  readonly count: number;
  /** As many traces as were allowed: there are probably more. */
  readonly isSample: boolean;
  /** The connection was cut: these are the traces that had arrived. */
  readonly isPartial: boolean;
  readonly api: 'api' | 'v3';
}

/** How the traces of an answer are fetched. */
export interface FetchOptions {
  readonly signal: AbortSignal;
  readonly maxBytes: number;
  readonly onProgress?: ((bytes: number) => void) | undefined;
}
