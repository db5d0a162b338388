import type { Stratum } from '../core/sampling/stratum';
import { halfByLot, halvesOf, type TimeCell } from '../core/sampling/timeCell';
import type { TraceAnswer } from './traceAnswer';

/** How a window is split, and how often may be asked. */
export interface SplitterOptions {
  /** Asks for what began in a time. */
  readonly ask: (cell: TimeCell) => Promise<TraceAnswer>;
  /** Gets what is kept of the answers: each once; those that were cut and could be replaced by better ones are not. */
  readonly accept: (answer: TraceAnswer) => Promise<void>;
  /** Most requests. */
  readonly budget: number;
  /** As many traces as an answer may have; one that has so many is cut. */
  readonly limit: number;
  /** Traces that begin in a microsecond, as far as is known. */
  readonly densityPerUs: number | undefined;
  /** An answer with exactly so many traces is looked at again, in halves. */
  readonly suspectCount: number | undefined;
  /** Nothing begins later than this. */
  readonly nowUs: number;
  readonly seed: number;
}

/** A part of the window, and the slice of it that is asked for; with what was answered to that, unless it was whole. */
interface Piece {
  readonly stratum: TimeCell;
  readonly slice: TimeCell;
  readonly refused?: TraceAnswer | undefined;
  /** The slice is known to have more than an answer may, asked for or not. */
  readonly isTooMuch?: boolean;
}

/** What a part of the window may cost. */
interface Allowance {
  /** Requests that are planned for it. */
  readonly share: number;
  /** Requests that must be left over for others. */
  readonly reserve: number;
}

/** How full an answer is aimed at, so that few are cut. */
const fill = 0.8;
/** An answer with less than this part of the limit says little. */
const leastFill = 16;
/** Requests that it takes to find a slice that comes whole where nothing is known of how much there is. */
const searchCost = 2;
/** The part of the budget that is planned with; the rest is for what turns out to be more than was thought. */
const planned = 0.75;
const shortestSkippedUs = 1000;

/**
 * Asks for the traces of a window in parts, until each is whole or the budget is spent. A part of which the budget does not allow all is
 * sampled: one of its halves, drawn by lot, stands for both, and so on down to a slice that comes whole. So which traces count does not
 * depend on which ones the server picks for an answer that it cuts: such an answer counts only where nothing is left to ask for better.
 */
export class WindowSplitter {
  readonly #options: SplitterOptions;
  readonly #strata: Stratum[] = [];
  /** By their time: a part that was asked for to see how much there is may be asked for again. */
  readonly #answers = new Map<string, TraceAnswer>();
  #limit: number;
  #left: number;
  #density: number | undefined;
  #isPartial = false;

  constructor(options: SplitterOptions) {
    this.#options = options;
    this.#limit = options.limit;
    this.#left = options.budget;
    this.#density = options.densityPerUs;
  }

  /** Requests that were not needed. */
  get left(): number {
    return this.#left;
  }

  /** An answer was cut off by a lost connection. */
  get isPartial(): boolean {
    return this.#isPartial;
  }

  /** Asks; what came of it, in the order of time. Keeps some requests back when the window does not come whole. */
  async split(window: TimeCell, reserve: number): Promise<readonly Stratum[]> {
    const piece = { stratum: window, slice: window };
    const rest = await this.#ask(piece, reserve);
    const share = Math.ceil(planned * (this.#left - reserve));
    if (rest) await this.#divideAtNow(rest, { share, reserve });
    return this.#strata.sort((a, b) => a.fromUs - b.fromUs);
  }

  /** What lies ahead is asked for only because clocks differ: it is mostly empty, and must not stand for anything else. */
  async #divideAtNow(piece: Piece, { share, reserve }: Allowance): Promise<void> {
    const { fromUs, toUs } = piece.slice;
    const { nowUs } = this.#options;
    if (nowUs <= fromUs || nowUs >= toUs) return this.#divide(piece, { share, reserve });
    const ahead = { fromUs: nowUs, toUs };
    const past = { fromUs, toUs: nowUs };
    if (share >= 2) return this.#takeBoth(piece, [ahead, past], { share, reserve });
    await this.#note({ stratum: ahead, slice: ahead }, undefined);
    await this.#divide({ ...piece, stratum: past, slice: past }, { share, reserve });
  }

  /** Takes what is too much for one answer in halves: both where the budget allows it, else one of them for both. */
  async #divide(piece: Piece, allowance: Allowance): Promise<void> {
    const { stratum, slice, refused } = piece;
    const halves = halvesOf(slice);
    const { reserve } = allowance;
    if (!halves || (refused && this.#left <= reserve)) return this.#note(piece, refused);
    const share = Math.min(allowance.share, this.#left - reserve);
    const cost = this.#density === undefined ? searchCost : 1;
    if (slice === stratum && share >= 2 * cost) return this.#takeBoth(piece, halves, { share, reserve });
    const drawn = this.#draw(slice, refused ? this.#depth(stratum, slice) : 1);
    const rest = await this.#ask({ stratum, slice: drawn }, reserve);
    if (rest) await this.#divide(rest, { share: share - 1, reserve });
  }

  /** Asks for both halves, and shares what is left of the budget between those that are too much. */
  async #takeBoth(
    { slice, isTooMuch = false }: Piece,
    [one, other]: readonly [TimeCell, TimeCell],
    { share, reserve }: Allowance,
  ): Promise<void> {
    const before = this.#left;
    const first = await this.#ask({ stratum: one, slice: one }, reserve + 1);
    // All of what was too much is in the other half then.
    const isEmpty = first === undefined && this.#strata.at(-1)?.count === 0;
    const all = { stratum: other, slice: other, isTooMuch: isTooMuch && isEmpty };
    const second = all.isTooMuch ? all : await this.#ask(all, reserve);
    const rest = [first, second].filter((piece) => piece !== undefined);
    const isUnknown = rest.length === 2 && this.#density === undefined;
    if (isUnknown) await this.#probe(slice, { share: share - (before - this.#left), reserve: reserve + 2 });
    for (const [i, piece] of rest.entries()) {
      const others = rest.length - 1 - i;
      const left = share - (before - this.#left);
      await this.#divide(piece, { share: Math.floor(left / (others + 1)), reserve: reserve + others });
    }
  }

  /**
   * Finds out how much there is: asks for ever smaller parts, drawn by lot, until one comes whole. By other lots than those that decide what
   * counts: how the window is split must not depend on these.
   */
  async #probe(cell: TimeCell, { share, reserve }: Allowance): Promise<void> {
    const last = Math.max(reserve, this.#left - Math.floor(share / 3));
    let slice = cell;
    for (let depth = 2; this.#left > last && halvesOf(slice); depth++) {
      slice = this.#draw(slice, depth, ~this.#options.seed);
      if (!this.#isCut(await this.#search(slice))) return;
    }
  }

  /** Halves a slice some times, each time by lot. */
  #draw(cell: TimeCell, times: number, seed = this.#options.seed): TimeCell {
    let drawn = cell;
    for (let i = 0; i < times; i++) {
      const halves = halvesOf(drawn);
      if (halves) drawn = halfByLot(halves, seed);
    }
    return drawn;
  }

  /** The further a slice has been halved in vain, the more at once. */
  #depth(stratum: TimeCell, slice: TimeCell): number {
    const halved = Math.log2((stratum.toUs - stratum.fromUs) / (slice.toUs - slice.fromUs));
    return 1 + Math.floor(Math.sqrt(Math.max(0, halved)));
  }

  /** Asks for the slice of a piece, unless it is known to be too much; gives the piece back when it is. */
  async #ask(piece: Piece, reserve: number): Promise<Piece | undefined> {
    if (this.#isTooLong(piece.slice)) return piece;
    if (this.#left <= reserve && !this.#answers.has(keyOf(piece.slice))) {
      await this.#note(piece, undefined);
      return undefined;
    }
    const answer = await this.#search(piece.slice);
    const isWhole = !this.#isCut(answer) && answer.count !== this.#options.suspectCount;
    if (!isWhole && !answer.isPartial) return { ...piece, refused: answer, isTooMuch: this.#isCut(answer) };
    await this.#note(piece, answer);
    return undefined;
  }

  async #search(cell: TimeCell): Promise<TraceAnswer> {
    const key = keyOf(cell);
    const known = this.#answers.get(key);
    if (known) return known;
    this.#left--;
    const answer = await this.#options.ask(cell);
    this.#answers.set(key, answer);
    this.#isPartial ||= answer.isPartial;
    if (this.#isCut(answer)) {
      // A server that gives less than it was asked for gives no more of others.
      if (answer.count > 0) this.#limit = Math.min(this.#limit, answer.count);
      this.#density = this.#density && Math.max(this.#density, this.#limit / this.#pastWidth(cell));
    } else {
      // Marked as known by the decoder, and so never to come again: it must not be lost.
      await this.#options.accept(answer);
      this.#learn(answer.count, this.#pastWidth(cell));
    }
    return answer;
  }

  /** A few traces say little of how many there are in a time: they only move what was thought of it. */
  #learn(count: number, widthUs: number): void {
    if (widthUs === 0) return;
    const seen = count / widthUs;
    if (count >= this.#limit / leastFill) this.#density = seen;
    else if (this.#density !== undefined) this.#density = (this.#density + seen) / 2;
  }

  #isCut({ isSample, count }: TraceAnswer): boolean {
    return isSample || count >= this.#limit;
  }

  #isTooLong(cell: TimeCell): boolean {
    if (this.#density === undefined || cell.toUs - cell.fromUs < shortestSkippedUs) return false;
    return this.#density * this.#pastWidth(cell) > fill * this.#limit;
  }

  #pastWidth({ fromUs, toUs }: TimeCell): number {
    return Math.max(0, Math.min(toUs, this.#options.nowUs) - fromUs);
  }

  async #note({ stratum, slice }: Piece, answer: TraceAnswer | undefined): Promise<void> {
    const isCut = !answer || answer.isPartial || this.#isCut(answer);
    if (answer && this.#isCut(answer)) await this.#options.accept(answer);
    const asked = answer ? slice : stratum;
    this.#strata.push({
      ...{ fromUs: stratum.fromUs, toUs: stratum.toUs, sliceFromUs: asked.fromUs, sliceToUs: asked.toUs },
      weight: (stratum.toUs - stratum.fromUs) / (asked.toUs - asked.fromUs),
      count: answer?.count ?? 0,
      isCut,
      slowUs: Number.POSITIVE_INFINITY,
    });
  }
}

function keyOf({ fromUs, toUs }: TimeCell): string {
  return `${fromUs} ${toUs}`;
}
