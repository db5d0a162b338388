/**
 * A stretch of time of which a source gave the whole or a part: of what began in it, the source was asked for a slice, which stands
 * for all. Times are those at which spans began, in microseconds since the Unix epoch: [from, to).
 */
export interface Stratum {
  readonly fromUs: number;
  readonly toUs: number;
  /** The part that was asked for. */
  readonly sliceFromUs: number;
  readonly sliceToUs: number;
  /** How many each one in the slice stands for: by how much less than certain it was that this slice was asked for. */
  readonly weight: number;
  /** Traces in the slice, as far as the source gave them. */
  readonly count: number;
  /** The source did not give the whole slice: there were at least `count`. */
  readonly isCut: boolean;
  /** Of what took at least this long, all came, within the slice or not; infinite when nothing is known. */
  readonly slowUs: number;
}

/** Whether the source gave everything. */
export function isWhole({ weight, isCut }: Stratum): boolean {
  return weight === 1 && !isCut;
}
