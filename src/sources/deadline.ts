import { CancellationError } from './cancellation';

/** How long to wait for a server. */
export interface Timeouts {
  /** Longest silence: to the first byte, and between bytes. */
  readonly idleMs: number;
  readonly totalMs: number;
}

/** Ends one request when it is too slow or no longer wanted, and knows which. Dispose when the request is over. */
export class Deadline {
  readonly timeouts: Timeouts;
  readonly #controller = new AbortController();
  readonly #outer: AbortSignal;
  readonly #idle: NodeJS.Timeout;
  readonly #total: NodeJS.Timeout;
  #timedOut: keyof Timeouts | undefined;

  constructor(timeouts: Timeouts, outer: AbortSignal) {
    this.timeouts = timeouts;
    this.#outer = outer;
    this.#idle = setTimeout(() => this.#expire('idleMs'), timeouts.idleMs);
    this.#total = setTimeout(() => this.#expire('totalMs'), timeouts.totalMs);
    if (outer.aborted) this.#controller.abort();
    else outer.addEventListener('abort', this.#cancel, { once: true });
  }

  /** Aborts when the request must end, for whatever reason. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The limit that was passed, if one was. */
  get timedOut(): keyof Timeouts | undefined {
    return this.#timedOut;
  }

  /** The server said something: the silence begins anew. */
  touch(): void {
    this.#idle.refresh();
  }

  /** Throws a cancellation when the caller has cancelled. */
  throwIfCancelled(): void {
    if (this.#outer.aborted) throw new CancellationError();
  }

  dispose(): void {
    clearTimeout(this.#idle);
    clearTimeout(this.#total);
    this.#outer.removeEventListener('abort', this.#cancel);
  }

  readonly #cancel = () => this.#controller.abort();

  #expire(limit: keyof Timeouts): void {
    if (this.signal.aborted) return;
    this.#timedOut = limit;
    this.#controller.abort();
  }
}
