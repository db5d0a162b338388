/** Spans whose trees are kept. */
const mostSpans = 16_384;

/** Lets what was worked out for traces go, the oldest first, when it is too much. One for all blocks of a store. */
export class TimesCache {
  #kept: { readonly from: Map<number, unknown>; readonly trace: number; readonly spans: number }[] = [];
  #spans = 0;

  /** Says that `from` has something of a trace with so many spans now. */
  keep(from: Map<number, unknown>, trace: number, spans: number): void {
    this.#kept.push({ from, trace, spans });
    this.#spans += spans;
    let gone = 0;
    // The one that just came stays, however large.
    while (this.#spans > mostSpans && gone < this.#kept.length - 1) {
      const oldest = this.#kept[gone++];
      oldest?.from.delete(oldest.trace);
      this.#spans -= oldest?.spans ?? 0;
    }
    if (gone > 0) this.#kept = this.#kept.slice(gone);
  }

  clear(): void {
    for (const { from, trace } of this.#kept) from.delete(trace);
    this.#kept = [];
    this.#spans = 0;
  }
}
