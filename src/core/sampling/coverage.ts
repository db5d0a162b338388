import { isWhole, type Stratum } from './stratum';

/** How far an estimate may be off, and whether it is only a lower bound. */
export interface SampleError {
  readonly relativeError: number;
  readonly isAtLeast: boolean;
}

/**
 * Which part of the time a source gave as a whole, and which as a sample, by service. What was said last of a time counts. Time of which
 * nothing was said counts as whole.
 */
export class Coverage {
  /** In the order of time, none over another. */
  readonly #strata = new Map<string, readonly Stratum[]>();
  readonly #sampled = new Set<string>();

  /** Whether anything is a sample. */
  get isSampled(): boolean {
    return this.#sampled.size > 0;
  }

  /** How many strata are remembered. */
  get length(): number {
    return [...this.#strata.values()].reduce((sum, { length }) => sum + length, 0);
  }

  /** Puts strata, in the order of time and without gaps, in place of what was known of their time; forgets what ended before a time. */
  put(service: string, strata: readonly Stratum[], forgetBeforeUs: number): void {
    const [first, last] = [strata[0], strata.at(-1)];
    if (!first || !last) return;
    const known = this.#strata.get(service) ?? [];
    const before = known.flatMap((stratum) => cut(stratum, forgetBeforeUs, first.fromUs));
    const after = known.flatMap((stratum) => cut(stratum, last.toUs, Number.POSITIVE_INFINITY));
    const joined = joinWhole([...before, ...strata, ...after]);
    this.#strata.set(service, joined);
    if (joined.every(isWhole)) this.#sampled.delete(service);
    else this.#sampled.add(service);
  }

  clear(): void {
    this.#strata.clear();
    this.#sampled.clear();
  }

  /** How many a span stands for that began at a time and took so long: 0 when it came by chance. `undefined` when nothing is known. */
  weight(service: string, startUs: number, durationUs: number): number | undefined {
    const strata = this.#strata.get(service) ?? [];
    const stratum = strata[firstEndingAfter(strata, startUs)];
    if (!stratum || stratum.fromUs > startUs) return undefined;
    if (durationUs >= stratum.slowUs) return 1;
    return startUs >= stratum.sliceFromUs && startUs < stratum.sliceToUs ? stratum.weight : 0;
  }

  /** How good an estimate is of how much there was of a service after a time; `undefined` when all was given. */
  error(service: string, afterUs = Number.NEGATIVE_INFINITY): SampleError | undefined {
    if (!this.#sampled.has(service)) return undefined;
    const strata = (this.#strata.get(service) ?? []).filter(({ toUs }) => toUs > afterUs);
    if (strata.every(isWhole)) return undefined;
    let total = 0;
    for (const stratum of strata) total += stratum.count * stratum.weight;
    const relativeError = total === 0 ? 0 : (2 * Math.sqrt(varianceOf(strata))) / total;
    return { relativeError, isAtLeast: strata.some(({ isCut }) => isCut) };
  }
}

/**
 * The variance of the estimated total: for each sampled stratum what chance alone makes (as if each trace fell into the slice by itself),
 * or, where traces come in bursts, what the difference to the strata before and after it makes, whichever is more. Strata that came whole are
 * compared with as well: where traffic begins or ends, a slice says little of the rest of its stratum.
 */
function varianceOf(strata: readonly Stratum[]): number {
  let [byChance, byDifference] = [0, 0];
  for (const [i, stratum] of strata.entries()) {
    const { weight, count } = stratum;
    const width = widthOf(stratum);
    if (weight === 1 || width === 0) continue;
    const alike = [strata[i - 1], strata[i + 1]].flatMap((each) =>
      each && widthOf(each) > 0 ? (each.count * width) / widthOf(each) : [],
    );
    // One slice alone says nothing of what its stratum is like elsewhere: there may be nothing.
    const differences = (alike.length > 0 ? alike : [0]).map((of) => (count - of) ** 2);
    byChance += weight * (weight - 1) * Math.max(1, count);
    byDifference += (weight * (weight - 1) * Math.max(...differences)) / 2;
  }
  return Math.max(byChance, byDifference);
}

function widthOf({ sliceFromUs, sliceToUs }: Stratum): number {
  return sliceToUs - sliceFromUs;
}

/** What of a stratum lies within a time. It stands for no more than before, though its slice may be cut as well. */
function cut(stratum: Stratum, fromUs: number, toUs: number): readonly Stratum[] {
  const from = Math.max(stratum.fromUs, fromUs);
  const to = Math.min(stratum.toUs, toUs);
  if (to <= from) return [];
  if (from === stratum.fromUs && to === stratum.toUs) return [stratum];
  const sliceFromUs = Math.min(Math.max(stratum.sliceFromUs, from), to);
  const sliceToUs = Math.max(Math.min(stratum.sliceToUs, to), sliceFromUs);
  const width = stratum.sliceToUs - stratum.sliceFromUs;
  const count = width > 0 ? (stratum.count * (sliceToUs - sliceFromUs)) / width : 0;
  return [{ ...stratum, fromUs: from, toUs: to, sliceFromUs, sliceToUs, count }];
}

/** Whole strata that follow one another become one, so that what is always whole stays short. */
function joinWhole(strata: readonly Stratum[]): readonly Stratum[] {
  const joined: Stratum[] = [];
  for (const stratum of strata) {
    const last = joined.at(-1);
    if (last && isWhole(last) && isWhole(stratum) && last.toUs === stratum.fromUs) {
      const count = last.count + stratum.count;
      const { toUs } = stratum;
      joined[joined.length - 1] = { ...last, toUs, sliceToUs: toUs, count };
    } else joined.push(stratum);
  }
  return joined;
}

function firstEndingAfter(strata: readonly Stratum[], timeUs: number): number {
  let [low, high] = [0, strata.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((strata[middle]?.toUs ?? 0) <= timeUs) low = middle + 1;
    else high = middle;
  }
  return low;
}
