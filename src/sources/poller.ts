import { type Disposable, Emitter, type Event } from '../core/event';
import { HumanError, isHumanError } from '../core/humanError';
import { backoffMs } from './backoff';
import { isCancellation } from './cancellation';
import type { Clock } from './clock';
import { PollRound, type PollRoundOptions } from './pollRound';
import type { SourceStatus } from './sourceStatus';

const unfocusedFactor = 4;

/** What a poller is made of. `onBlock` gets traces service by service; a trace may come again, with more spans. */
export interface PollerOptions extends Omit<PollRoundOptions, 'nowMs' | 'seed'> {
  readonly clock: Clock;
  /** Between 0 and 1; spreads retries. */
  readonly random: () => number;
}

interface Failing {
  readonly failures: number;
  readonly sinceUs: number;
  readonly retryAtMs: number;
}

/** Watches a Jaeger: asks again and again, backs off when it fails, recovers by itself. */
export class Poller implements Disposable {
  readonly #options: PollerOptions;
  readonly #round: PollRound;
  readonly #controller = new AbortController();
  readonly #onDidChangeStatus = new Emitter<SourceStatus>((error) =>
    // A bug of a listener must not stop the polls, and must not be hidden.
    queueMicrotask(() => {
      throw error;
    }),
  );
  /** Says each change of {@link status}. */
  readonly onDidChangeStatus: Event<SourceStatus> = this.#onDidChangeStatus.event;
  #status: SourceStatus = { kind: 'idle' };
  #running: Promise<void> | undefined;
  #timer: Disposable | undefined;
  #isStarted = false;
  #isPaused = false;
  #isFocused = true;
  #hasAnswered = false;
  #endedAtMs = Number.NEGATIVE_INFINITY;
  #failing: Failing | undefined;

  constructor(options: PollerOptions) {
    this.#options = options;
    this.#round = new PollRound({
      ...options,
      nowMs: () => options.clock.nowMs(),
      seed: Math.floor(options.random() * 2 ** 32),
      onBlock: (block, problems) => {
        if (!this.#isDisposed) options.onBlock(block, problems);
      },
      onWindow: (service, strata) => {
        if (!this.#isDisposed) options.onWindow(service, strata);
      },
    });
  }

  /** How the source is doing now. */
  get status(): SourceStatus {
    return this.#status;
  }

  /** Begins with a poll at once, unless it is paused: then with one when it is resumed. */
  start(): void {
    if (this.#isStarted || this.#isDisposed) return;
    this.#isStarted = true;
    if (!this.#isPaused) void this.refresh();
  }

  /** Polls now, or joins the poll that is running; resolves when it is done, however it went: {@link status} tells. */
  refresh(): Promise<void> {
    if (this.#isDisposed) return Promise.resolve();
    this.#running ??= this.#poll();
    return this.#running;
  }

  /** Stops polling; a poll that is running ends as usual. */
  pause(): void {
    this.#isPaused = true;
    this.#timer?.dispose();
  }

  /** Polls again: at once when a poll is overdue. */
  resume(): void {
    this.#isPaused = false;
    this.#schedule();
  }

  /** Without the focus polls are four times as rare; when it returns, an overdue poll is made at once. */
  setFocused(isFocused: boolean): void {
    const isBack = isFocused && !this.#isFocused;
    this.#isFocused = isFocused;
    this.#schedule(isBack);
  }

  /** Aborts what is running and forgets the timer. */
  dispose(): void {
    this.#controller.abort();
    this.#timer?.dispose();
    this.#onDidChangeStatus.dispose();
  }

  get #isDisposed(): boolean {
    return this.#controller.signal.aborted;
  }

  /** Never rejects. */
  async #poll(): Promise<void> {
    const { clock } = this.#options;
    this.#timer?.dispose();
    if (this.#status.kind === 'idle') this.#setStatus({ kind: 'connecting' });
    let status: SourceStatus | undefined;
    try {
      const result = await this.#round.run(this.#controller.signal);
      this.#failing = undefined;
      this.#hasAnswered = true;
      status = { kind: 'ok', answeredAtUs: clock.nowMs() * 1000, ...result };
    } catch (error) {
      if (!this.#isDisposed) status = this.#fail(error);
    }
    this.#endedAtMs = clock.nowMs();
    this.#running = undefined;
    this.#schedule();
    if (status) this.#setStatus(status);
  }

  #fail(error: unknown): SourceStatus {
    const { clock, random, settings } = this.#options;
    const failures = (this.#failing?.failures ?? 0) + 1;
    const sinceUs = this.#failing?.sinceUs ?? clock.nowMs() * 1000;
    const retryAtMs = clock.nowMs() + backoffMs(failures, settings.intervalMs, random());
    this.#failing = { failures, sinceUs, retryAtMs };
    const retryAtUs = retryAtMs * 1000;
    return {
      kind: 'failing',
      error: asHumanError(error),
      sinceUs,
      retryAtUs,
      hasAnswered: this.#hasAnswered,
    };
  }

  /** Sets the timer for the next poll. `isEager`: a retry need not be waited for longer than an interval. */
  #schedule(isEager = false): void {
    if (!this.#isStarted || this.#isPaused || this.#isDisposed || this.#running) return;
    this.#timer?.dispose();
    const { clock, settings } = this.#options;
    const soonMs = this.#endedAtMs + settings.intervalMs;
    const regularMs = this.#endedAtMs + settings.intervalMs * (this.#isFocused ? 1 : unfocusedFactor);
    const retryAtMs = this.#failing?.retryAtMs;
    const dueMs = retryAtMs === undefined ? regularMs : isEager ? Math.min(retryAtMs, soonMs) : retryAtMs;
    this.#timer = clock.setTimeout(() => void this.refresh(), Math.max(0, dueMs - clock.nowMs()));
  }

  #setStatus(status: SourceStatus): void {
    if (this.#isDisposed) return;
    this.#status = status;
    this.#onDidChangeStatus.fire(status);
  }
}

function asHumanError(error: unknown): HumanError {
  if (isHumanError(error)) return error;
  const what = isCancellation(error)
    ? 'The poll was cancelled.'
    : 'The poll failed: this is a bug in Whyspan.';
  return new HumanError('broken-answer', what, { cause: error });
}
