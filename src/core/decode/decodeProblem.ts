import type { Trace } from '../trace/trace';

/** Something in an answer that could not be read, or had to be mended. */
export interface DecodeProblem {
  /** What: a short English phrase, without any value from the trace. */
  readonly what: string;
  /** Where: the trace and span ids as far as known. */
  readonly where: string;
}

/** What could be read, and what could not. Decoders return this and never throw on bad input. */
export interface DecodeResult {
  readonly traces: readonly Trace[];
  readonly problems: readonly DecodeProblem[];
}
