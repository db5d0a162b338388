import { TraceTimes } from '../classify/traceTimes';
import { outermost } from '../trace/outermost';
import type { BlockTimes, JoinedSpan } from './blockTimes';
import type { HeldBlock } from './heldBlock';
import { type Place, rowsOf } from './joinedTrace';

/** What is worked out for one trace that lies in pieces. */
interface Facts {
  times: TraceTimes<JoinedSpan> | undefined;
  /** Ids of the spans that are inferences because they call a language model; `undefined` until it is asked for. */
  calls: ReadonlySet<string> | undefined;
}

/** What can be told of traces in pieces only from all of them. Forgotten when a piece comes; of most traces, which are whole, nothing is kept. */
export class JoinedFacts {
  readonly #piecesOf: (traceId: string) => readonly Place[];
  readonly #timesOf: (held: HeldBlock) => BlockTimes;
  readonly #facts = new Map<string, Facts>();

  constructor(piecesOf: (traceId: string) => readonly Place[], timesOf: (held: HeldBlock) => BlockTimes) {
    this.#piecesOf = piecesOf;
    this.#timesOf = timesOf;
  }

  /** Whether all that the store has of a trace of a block is all rows of it there. */
  isWhole(held: HeldBlock, trace: number): boolean {
    if (!held.isWhole(trace)) return false;
    return this.#piecesOf(held.view.traceId(trace)).length < 2;
  }

  /** What the time of a trace was spent on; ids are those of its spans, as text. */
  times(traceId: string): TraceTimes<JoinedSpan> {
    const facts = this.#factsOf(traceId);
    facts.times ??= new TraceTimes(
      this.#piecesOf(traceId).flatMap((piece) =>
        rowsOf(piece).map((row) => this.#timesOf(piece.held).joinedSpan(row)),
      ),
    );
    return facts.times;
  }

  /** Whether a call of a language model is an inference: the pieces elsewhere have no other, nor one that it is part of. */
  isCounted(held: HeldBlock, row: number): boolean {
    const trace = held.view.traceOf(row);
    if (this.isWhole(held, trace)) return true;
    const traceId = held.view.traceId(trace);
    const facts = this.#factsOf(traceId);
    facts.calls ??= countedCalls(this.#piecesOf(traceId));
    return facts.calls.has(held.view.text(held.view.block.spans.id[row]));
  }

  forget(traceId: string): void {
    this.#facts.delete(traceId);
  }

  #factsOf(traceId: string): Facts {
    let facts = this.#facts.get(traceId);
    if (!facts) {
      facts = { times: undefined, calls: undefined };
      this.#facts.set(traceId, facts);
    }
    return facts;
  }
}

function countedCalls(pieces: readonly Place[]): ReadonlySet<string> {
  const calls = new Set<string>();
  const parents = new Map<string, string>();
  for (const piece of pieces) {
    const { view, inferences } = piece.held;
    const { id, parent } = view.block.spans;
    for (const row of rowsOf(piece)) {
      const inference = inferences.at(row);
      if (inference && !inference.isModelCall) return new Set();
      const spanId = view.text(id[row]);
      if (inference) calls.add(spanId);
      if (parent[row]) parents.set(spanId, view.text(parent[row]));
    }
  }
  return outermost(calls, (spanId) => parents.get(spanId));
}
