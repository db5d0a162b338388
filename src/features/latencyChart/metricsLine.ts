import type { AlertRule } from '../../core/alerts/alertRule';
import type { SignalSource } from '../../core/alerts/signalSource';
import type { Disposable } from '../../core/event';
import { isHumanError } from '../../core/humanError';
import { signalLine, stepOf } from './average';
import type { ChartLine } from './protocol';

/** Metrics are asked again when what is shown is older than the rule's frequency, but not more often than this. */
const shortestAgeMs = 10_000;
const fiveMinutesUs = 300_000_000;

/** The line that is wanted. */
export interface LineQuestion {
  readonly source: SignalSource;
  readonly rule: AlertRule;
  readonly fromUs: number;
  readonly toUs: number;
  /** Whether the line ends now, so that it becomes old. */
  readonly isLive: boolean;
}

/** What is known of the line. */
export interface KnownLine {
  /** `undefined` before the first answer. */
  readonly line: ChartLine | undefined;
  readonly seriesCount: number;
  /** Why the last question had no answer. */
  readonly failure: string | undefined;
}

/** What the line needs of the outside. */
export interface MetricsLineOptions {
  readonly nowMs: () => number;
  readonly onDidChange: () => void;
  readonly report: (error: unknown, doing: string) => void;
}

const unknownLine: KnownLine = { line: undefined, seriesCount: 0, failure: undefined };

/** The line of metrics that a chart shows: one request at a time, and again only when another line is wanted or this one is old. */
export class MetricsLine implements Disposable {
  readonly #options: MetricsLineOptions;
  #known: KnownLine = unknownLine;
  #key = '';
  #source: SignalSource | undefined;
  #askedAtMs = Number.NEGATIVE_INFINITY;
  #asking: AbortController | undefined;

  constructor(options: MetricsLineOptions) {
    this.#options = options;
  }

  /** What is known now; asks when that is another line, or old. */
  get(question: LineQuestion): KnownLine {
    const { source, rule, fromUs, toUs, isLive } = question;
    const lengthUs = toUs - fromUs;
    // By the five minutes, because the look-back grows with the clock.
    const key = JSON.stringify([rule, Math.ceil(lengthUs / fiveMinutesUs), isLive ? 'live' : toUs]);
    const isOther = key !== this.#key || source !== this.#source;
    if (isOther) {
      this.#asking?.abort();
      this.#asking = undefined;
      // Another length of the same line overlaps with it; from elsewhere it would be a lie.
      if (source !== this.#source) this.#known = unknownLine;
      this.#key = key;
      this.#source = source;
    }
    const ageMs = this.#options.nowMs() - this.#askedAtMs;
    const mayChange = isLive || this.#known.failure !== undefined;
    const isOld = mayChange && ageMs >= Math.max(shortestAgeMs, rule.frequencyUs / 1000);
    if ((isOther || isOld) && !this.#asking && source.standing() !== 'waiting') this.#ask(question);
    else if (isOther) this.#key = '';
    return this.#known;
  }

  dispose(): void {
    this.#asking?.abort();
    this.#asking = undefined;
  }

  #ask({ source, rule, fromUs, toUs }: LineQuestion): void {
    const asking = new AbortController();
    this.#asking = asking;
    this.#askedAtMs = this.#options.nowMs();
    const range = { fromUs, toUs };
    const answer = async () => source.ask(rule, { ...range, stepUs: stepOf(rule, range) }, asking.signal);
    answer().then(
      (signal) => {
        const known = { line: signalLine(rule, signal, range), seriesCount: signal.series.length };
        this.#take(asking, { ...known, failure: undefined });
      },
      (error: unknown) => {
        if (isHumanError(error)) this.#take(asking, { ...this.#known, failure: error.message });
        else if (this.#asking === asking) this.#options.report(error, 'ask for the line of the chart');
        if (this.#asking === asking) this.#asking = undefined;
      },
    );
  }

  #take(asking: AbortController, known: KnownLine): void {
    // Overtaken by another question, or nobody looks any more.
    if (this.#asking !== asking) return;
    this.#asking = undefined;
    this.#known = known;
    this.#options.onDidChange();
  }
}
