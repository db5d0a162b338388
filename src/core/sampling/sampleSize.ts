/** How much of something is known, when it is not all. */
export interface SampleSize {
  readonly known: number;
  /** How many there are, by what those that are known stand for. */
  readonly estimated: number;
  /** Within this share of the estimate the true number lies, 19 times out of 20. */
  readonly relativeError: number;
  /** There may be any number more: a part could not be made whole. */
  readonly isAtLeast: boolean;
}

/** Digits beyond what is known are noise: an estimate rounded to what its error allows. */
export function roundedEstimate({ estimated, relativeError, known }: SampleSize): number {
  const digits = relativeError < 0.005 ? 3 : 2;
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, estimated))) + 1 - digits);
  // Never below what is known.
  return Math.max(known, Math.round(estimated / unit) * unit);
}
