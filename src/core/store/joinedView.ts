import { endTimeUs, type Span } from '../trace/span';
import type { Trace } from '../trace/trace';
import { type Place, rowsOf } from './joinedTrace';

/** A trace of pieces, read from them when it is asked. */
export class JoinedView implements Trace {
  readonly traceId: string;
  readonly #pieces: readonly Place[];
  #spans: readonly Span[] | undefined;

  constructor(traceId: string, pieces: readonly Place[]) {
    this.traceId = traceId;
    this.#pieces = pieces;
  }

  get startTimeUs(): number {
    return this.spans[0]?.startTimeUs ?? 0;
  }

  get endTimeUs(): number {
    return this.spans.reduce((end, span) => Math.max(end, endTimeUs(span)), Number.NEGATIVE_INFINITY);
  }

  get spans(): readonly Span[] {
    this.#spans ??= this.#pieces
      .flatMap((piece) => rowsOf(piece).map((row) => piece.held.view.span(row)))
      .sort((a, b) => a.startTimeUs - b.startTimeUs || (a.spanId < b.spanId ? -1 : 1));
    return this.#spans;
  }
}
