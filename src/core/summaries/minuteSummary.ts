import type { ValueSummary } from './valueSummary';

/** Microseconds of a minute. */
export const minuteUs = 60_000_000;

/** The signal that is how long inferences took, in microseconds. */
export const durationSignal = 'duration';

/** The signal that is an attribute of inferences; the latency attribute is in milliseconds whatever unit it is recorded in. */
export function attributeSignal(attribute: string): string {
  return `attribute:${attribute}`;
}

/** What is kept of the inferences of one service that ended in one minute. */
export interface MinuteSummary {
  /** Where the traces came from: those of one Jaeger and of another are not the same story. */
  readonly source: string;
  readonly service: string;
  /** Number `n` are the inferences that ended in (n, n + 1] minutes since the Unix epoch. */
  readonly minute: number;
  readonly inferences: number;
  readonly errors: number;
  /** How often each prediction was made, of the most frequent ones. */
  readonly predictions: ReadonlyMap<string, number>;
  /** How often any other was. */
  readonly otherPredictions: number;
  /** By signal. */
  readonly values: ReadonlyMap<string, ValueSummary>;
  /** Who saw this. */
  readonly observer: string;
  /** Of one observer, the highest is what it saw last. */
  readonly revision: number;
}

/** In which minute an inference counts. */
export function minuteOf(endTimeUs: number): number {
  return Math.ceil(endTimeUs / minuteUs) - 1;
}
