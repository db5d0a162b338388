/** A stretch of time in microseconds: [from, to). */
export interface TimeCell {
  readonly fromUs: number;
  readonly toUs: number;
}

/**
 * Cuts a stretch of time near its middle, at a multiple of a power of two of microseconds, so that the same time is cut at the same
 * places again and again. `undefined` for what is too short to be cut.
 */
export function halvesOf({ fromUs, toUs }: TimeCell): readonly [TimeCell, TimeCell] | undefined {
  const width = toUs - fromUs;
  if (width < 2) return undefined;
  const grid = 2 ** (Math.floor(Math.log2(width)) - 1);
  const middleUs = Math.round((fromUs + width / 2) / grid) * grid;
  if (middleUs <= fromUs || middleUs >= toUs) return undefined;
  return [
    { fromUs, toUs: middleUs },
    { fromUs: middleUs, toUs },
  ];
}

/**
 * One of two halves by lot, each with a probability as large as its share of the time. The lot is drawn once for a seed and a place: the
 * same time gives the same half again, so that what was asked for before is asked for again.
 */
export function halfByLot([one, other]: readonly [TimeCell, TimeCell], seed: number): TimeCell {
  const share = (one.toUs - one.fromUs) / (other.toUs - one.fromUs);
  return lot(seed, one.toUs) < share ? one : other;
}

/** A number in [0, 1) that depends on both in no way that shows; mixed as MurmurHash3 does at its end. */
function lot(seed: number, place: number): number {
  let hash = mix(seed ^ Math.floor(place / 2 ** 32));
  hash = mix(hash ^ (place >>> 0));
  return mix(hash) / 2 ** 32;
}

function mix(value: number): number {
  let hash = (value + 0x9e3779b9) | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
