const hourMs = 3_600_000;

/** How many notifications may be shown: never more than so many within an hour. */
export class NotificationBudget {
  readonly #mostAnHour: () => number;
  readonly #nowMs: () => number;
  #shownAtMs: readonly number[] = [];

  constructor(mostAnHour: () => number, nowMs: () => number) {
    this.#mostAnHour = mostAnHour;
    this.#nowMs = nowMs;
  }

  /** Whether one more may be shown, which then counts; `last` when no other may for a while. */
  take(): 'shown' | 'last' | 'withheld' {
    const nowMs = this.#nowMs();
    // What lies in the future was counted before the clock was set back.
    const recent = this.#shownAtMs.filter((atMs) => atMs > nowMs - hourMs && atMs <= nowMs);
    if (recent.length >= this.#mostAnHour()) return 'withheld';
    this.#shownAtMs = [...recent, nowMs];
    return this.#shownAtMs.length >= this.#mostAnHour() ? 'last' : 'shown';
  }
}
