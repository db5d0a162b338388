import type { HeldBlock } from './heldBlock';
import { hasSameId, type RowPlace, SpanIdTable } from './spanIdTable';

/** Where a trace lies, or a piece of it. */
export interface Place {
  readonly held: HeldBlock;
  readonly trace: number;
}

/** Up to so many spans of a trace are compared one by one, which needs no memory. */
const fewSpans = 64;

/**
 * A trace that lies in pieces, each where it came. What comes is looked up and never copied: pieces become one when the blocks that they
 * lie in do. Each span id is there once, as the longest span that came with it.
 */
export class JoinedTrace {
  #pieces: Place[];
  /** The one that ends last: the trace goes by age when this one does. */
  #last: Place;
  #spans: number;
  #ids: SpanIdTable | undefined;

  constructor(first: Place) {
    this.#pieces = [first];
    this.#last = first;
    this.#spans = rowsOf(first).length;
  }

  get pieces(): readonly Place[] {
    return this.#pieces;
  }

  /** Whether it would be the same without what this object knows. */
  get isPlain(): boolean {
    return this.#pieces.length === 1 && this.#ids === undefined;
  }

  /**
   * Takes a piece in that its block keeps; false when it brought nothing, and its block keeps it no more. `onSuperseded` gets blocks that
   * have a span less, since a longer one came.
   */
  add(piece: Place, onSuperseded: (held: HeldBlock) => void): boolean {
    const { held } = piece;
    let brought = 0;
    for (const row of rowsOf(piece)) {
      const known = this.#find({ held, row });
      if (known && durationOf(known) >= durationOf({ held, row })) {
        held.dropRow(row);
        continue;
      }
      if (known) {
        known.held.dropRow(known.row);
        onSuperseded(known.held);
      } else {
        this.#spans++;
      }
      this.#ids?.put(held, row);
      brought++;
    }
    if (brought === 0) {
      held.drop(piece.trace);
      return false;
    }
    this.#pieces.push(piece);
    const isLast = endOf(piece) > endOf(this.#last);
    const waiting = isLast ? this.#last : piece;
    waiting.held.setWaiting(waiting.trace, true);
    if (isLast) this.#last = piece;
    if (!this.#ids && this.#spans > fewSpans) this.#ids = this.#index();
    return true;
  }

  /** Says that all that was in some blocks lies in one place now; without a place, that it was superseded. */
  move(from: ReadonlySet<HeldBlock>, to: Place | undefined): void {
    const left = this.#pieces.filter(({ held }) => !from.has(held));
    this.#pieces = to ? [...left, to] : left;
    if (this.#ids && to) for (const row of rowsOf(to)) this.#ids.put(to.held, row);
    for (const held of from) this.#ids?.release(held);
    const [first = this.#last] = this.#pieces;
    this.#last = this.#pieces.reduce((a, b) => (endOf(b) > endOf(a) ? b : a), first);
    for (const piece of this.#pieces) piece.held.setWaiting(piece.trace, piece !== this.#last);
  }

  #find(wanted: RowPlace): RowPlace | undefined {
    if (this.#ids) return this.#ids.find(wanted.held, wanted.row);
    for (const { held, trace } of this.#pieces) {
      const [from, to] = held.view.rowsOf(trace);
      for (let row = from; row < to; row++)
        if (held.hasRow(row) && hasSameId({ held, row }, wanted)) return { held, row };
    }
    return undefined;
  }

  #index(): SpanIdTable {
    const ids = new SpanIdTable();
    for (const piece of this.#pieces) for (const row of rowsOf(piece)) ids.put(piece.held, row);
    return ids;
  }
}

/** The rows that the store has of a piece. */
export function rowsOf({ held, trace }: Place): readonly number[] {
  const [from, to] = held.view.rowsOf(trace);
  const rows: number[] = [];
  for (let row = from; row < to; row++) if (held.hasRow(row)) rows.push(row);
  return rows;
}

/** When a piece ended, in microseconds since the Unix epoch. */
export function endOf({ held, trace }: Place): number {
  return held.view.block.traces.endTimeUs[trace] ?? 0;
}

function durationOf({ held, row }: RowPlace): number {
  return held.view.block.spans.durationUs[row] ?? 0;
}
