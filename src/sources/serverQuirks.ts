const v3ForMs = 10 * 60_000;

/** What a server has shown of its limits, so that it is not run into again. */
export class ServerQuirks {
  readonly #nowMs: () => number;
  readonly #v3Until = new Map<string, number>();
  #largestLimit = Number.POSITIVE_INFINITY;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Most traces the server is known to give at once. */
  get largestLimit(): number {
    return this.#largestLimit;
  }

  /** The server refused more than this limit, and took it. */
  rememberLimit(limit: number): void {
    this.#largestLimit = Math.min(this.#largestLimit, limit);
  }

  /** The service has spans that `/api` cannot write: `/api/v3` is asked instead, for ten minutes. */
  rememberV3(service: string): void {
    this.#v3Until.set(service, this.#nowMs() + v3ForMs);
  }

  /** Whether the service's traces are to be asked for by `/api/v3`. */
  needsV3(service: string): boolean {
    const until = this.#v3Until.get(service);
    if (until === undefined) return false;
    if (until > this.#nowMs()) return true;
    this.#v3Until.delete(service);
    return false;
  }
}
