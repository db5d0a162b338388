import type { RefusalReason } from './refusal';

/** What a receiver got since it was made. */
export interface ReceiverStats {
  /** Requests for `/v1/traces`, taken or not. */
  readonly requests: number;
  /** Spans taken. */
  readonly spans: number;
  /** Spans within requests that were taken, which could not be read. */
  readonly rejectedSpans: number;
  /** Requests and connections that were not taken, by reason; a reason that never came is missing. */
  readonly refused: Readonly<Partial<Record<RefusalReason, number>>>;
}

/** Hears of each refusal; `why` is for the developer of what sends, and empty when no request was made. */
export type OnRefused = (reason: RefusalReason, why: string) => void;

/** Counts for ReceiverStats. */
export class ReceiverCounters {
  readonly #onRefused: OnRefused | undefined;
  #requests = 0;
  #spans = 0;
  #rejectedSpans = 0;
  readonly #refused = new Map<RefusalReason, number>();

  constructor(onRefused?: OnRefused) {
    this.#onRefused = onRefused;
  }

  countRequest(): void {
    this.#requests++;
  }

  countSpans(taken: number, rejected: number): void {
    this.#spans += taken;
    this.#rejectedSpans += rejected;
  }

  countRefusal(reason: RefusalReason, why = ''): void {
    this.#refused.set(reason, (this.#refused.get(reason) ?? 0) + 1);
    this.#onRefused?.(reason, why);
  }

  get stats(): ReceiverStats {
    return {
      requests: this.#requests,
      spans: this.#spans,
      rejectedSpans: this.#rejectedSpans,
      refused: Object.fromEntries(this.#refused),
    };
  }
}
