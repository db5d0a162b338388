const smallestOverlapUs = 60_000_000;
const futureUs = 60_000_000;

/** A stretch of time, in microseconds since the Unix epoch. */
export interface PollWindow {
  readonly startUs: number;
  readonly endUs: number;
}

/**
 * Which time to ask for, by service: first the whole look-back, then from the last complete poll on, minus an overlap
 * in which late spans may come: a minute or two intervals, and as long again as the longest trace that was seen,
 * because a span is searched for by its start and reported at its end. The end is a minute ahead, for servers whose
 * clock is.
 */
export class PollWindows {
  readonly #lookbackUs: number;
  readonly #overlapUs: number;
  readonly #completeUs = new Map<string, number>();
  #longestTraceUs = 0;

  constructor(lookbackUs: number, intervalMs: number) {
    this.#lookbackUs = lookbackUs;
    this.#overlapUs = Math.max(smallestOverlapUs, 2 * intervalMs * 1000);
  }

  /** What to ask a service for now. */
  next(service: string, nowUs: number): PollWindow {
    const furthest = nowUs - this.#lookbackUs;
    const complete = this.#completeUs.get(service);
    const overlap = this.#overlapUs + this.#longestTraceUs;
    const startUs = complete === undefined ? furthest : Math.max(furthest, complete - overlap);
    // A clock that was set back leaves a start in the future.
    return { startUs: Math.min(startUs, nowUs - this.#overlapUs), endUs: nowUs + futureUs };
  }

  /** All up to `nowUs` was given, as far as it had arrived. */
  complete(service: string, nowUs: number): void {
    this.#completeUs.set(service, nowUs);
  }

  /** All must be asked for again. */
  forget(service: string): void {
    this.#completeUs.delete(service);
  }

  /** A trace was this long. */
  saw(durationUs: number): void {
    this.#longestTraceUs = Math.max(this.#longestTraceUs, durationUs);
  }
}
