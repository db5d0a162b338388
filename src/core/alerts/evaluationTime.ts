/** What is known about time when rules are evaluated. Microseconds since the Unix epoch. */
export interface TimesKnown {
  /** By the clock on the wall. */
  readonly nowUs: number;
  /** When the source last answered, where it is asked and not sent to. */
  readonly answeredUs: number | undefined;
  /** The end of the newest span that is held. */
  readonly newestUs: number | undefined;
  /** How long spans may take to come. */
  readonly graceUs: number;
  /** The moment of the evaluation before; none is before it. */
  readonly lastUs: number;
}

/**
 * The moment that rules are evaluated at: by the time of the data. While data comes that is the newest span's end; when none comes, what is
 * missing may still be on its way, so the moment follows the clock only by the grace, and never beyond what the source has answered for.
 */
export function evaluationTime({ nowUs, answeredUs, newestUs, graceUs, lastUs }: TimesKnown): number {
  const knownUs = Math.min(nowUs, answeredUs ?? nowUs);
  const dataUs = Math.min(newestUs ?? Number.NEGATIVE_INFINITY, knownUs);
  return Math.max(dataUs, knownUs - graceUs, lastUs);
}
