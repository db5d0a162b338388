import type { RowInference } from './blockInferences';
import type { HeldBlock } from './heldBlock';
import { type LatencySums, latencySums } from './latencySums';
import { type PredictionCounts, predictionCounts } from './predictionCounts';
import { type SortedValues, sortedValues } from './sortedValues';

/** Most spans of a site that are known one by one. */
export const newestKept = 60;

/** What a block has of one place in the code, sorted for whoever puts blocks together. */
export interface SiteColumns {
  readonly runs: number;
  readonly errors: number;
  /** Of its spans, in no order. */
  readonly rows: Uint32Array;
  /** Rows of the spans that ended last, the last one first, at most 60. */
  readonly newest: readonly number[];
  /** Microseconds. */
  readonly durationsUs: SortedValues;
  /** Milliseconds: of the inferences that have one. */
  readonly latenciesMs: SortedValues;
  readonly isLatencyDerived: boolean;
  /** Of runs that came by chance, those that did not, and how many all stand for, with errors and without. */
  readonly sampled: SampledRuns | undefined;
  /** The one that ended first first. */
  readonly inferences: readonly RowInference[];
  readonly latencySums: LatencySums;
  readonly predictions: PredictionCounts;
}

/** What runs stand for, where some are a sample. */
export interface SampledRuns {
  readonly known: number;
  readonly estimated: number;
  readonly estimatedErrors: number;
}

/** The spans that a block has of each place in the code; made once for each change of which traces the store has. */
export class BlockSites {
  readonly #held: HeldBlock;
  readonly #rows: Uint32Array;
  readonly #ends: Uint32Array;
  readonly #columns = new Map<number, SiteColumns>();
  #inferences: ReadonlyMap<number, readonly RowInference[]> | undefined;

  constructor(held: HeldBlock) {
    this.#held = held;
    const { site } = held.view.block.spans;
    const { spanEnds } = held.view.block.traces;
    const count = held.view.block.sites.name.length;
    this.#ends = new Uint32Array(count + 1);
    for (let i = 0; i < count; i++) this.#ends[i + 1] = (this.#ends[i] ?? 0) + held.siteCount(i);
    const next = this.#ends.slice();
    this.#rows = new Uint32Array(this.#ends[count] ?? 0);
    let row = 0;
    for (const [trace, end] of spanEnds.entries()) {
      if (!held.has(trace)) row = end;
      for (; row < end; row++) {
        if (!held.hasRow(row)) continue;
        const of = site[row] ?? 0;
        this.#rows[next[of] ?? 0] = row;
        next[of] = (next[of] ?? 0) + 1;
      }
    }
  }

  at(site: number): SiteColumns {
    let columns = this.#columns.get(site);
    if (!columns) {
      columns = this.#make(site);
      this.#columns.set(site, columns);
    }
    return columns;
  }

  #make(site: number): SiteColumns {
    const { startTimeUs, durationUs, status } = this.#held.view.block.spans;
    const rows = this.#rows.subarray(this.#ends[site], this.#ends[site + 1]);
    const durationsUs = new Float64Array(rows.length);
    const endsUs = new Float64Array(rows.length);
    let errors = 0;
    for (const [i, row] of rows.entries()) {
      durationsUs[i] = durationUs[row] ?? 0;
      endsUs[i] = (startTimeUs[row] ?? 0) + (durationUs[row] ?? 0);
      if (status[row] === 2) errors++;
    }
    const inferences = this.#inferencesOf(site);
    const isSample = this.#held.weights !== undefined;
    const withLatency = inferences.filter(({ storageLatencyMs }) => storageLatencyMs !== undefined);
    const latencies = Float64Array.from(withLatency, ({ storageLatencyMs }) => storageLatencyMs ?? 0);
    const latencyWeights = isSample ? Float64Array.from(withLatency, ({ weight }) => weight) : undefined;
    return {
      runs: rows.length,
      errors,
      rows,
      newest: newestRows(rows, endsUs),
      sampled: this.#sampledRuns(rows),
      durationsUs: sortedValues(durationsUs, this.#weightsOf(rows)),
      latenciesMs: sortedValues(latencies, latencyWeights),
      isLatencyDerived: withLatency.some((inference) => inference.isLatencyDerived),
      inferences,
      latencySums: latencySums(inferences),
      predictions: predictionCounts(inferences),
    };
  }

  /** How many each row stands for; `undefined` when each stands for itself. */
  #weightsOf(rows: Uint32Array): Float64Array | undefined {
    const { weights, view, inferences } = this.#held;
    if (!weights) return undefined;
    return Float64Array.from(rows, (row) => inferences.at(row)?.weight ?? weights[view.traceOf(row)] ?? 1);
  }

  #sampledRuns(rows: Uint32Array): SampledRuns | undefined {
    const weights = this.#weightsOf(rows);
    if (!weights) return undefined;
    const { status } = this.#held.view.block.spans;
    let [known, estimated, estimatedErrors] = [0, 0, 0];
    for (const [i, weight] of weights.entries()) {
      if (weight > 0) known++;
      estimated += weight;
      if (status[rows[i] ?? 0] === 2) estimatedErrors += weight;
    }
    return { known, estimated, estimatedErrors };
  }

  #inferencesOf(site: number): readonly RowInference[] {
    if (!this.#inferences) {
      const bySite = new Map<number, RowInference[]>();
      const { site: sites } = this.#held.view.block.spans;
      for (const inference of this.#held.liveInferences) {
        const of = sites[inference.row] ?? 0;
        const list = bySite.get(of);
        if (list) list.push(inference);
        else bySite.set(of, [inference]);
      }
      this.#inferences = bySite;
    }
    return this.#inferences.get(site) ?? [];
  }
}

/** The rows with the latest ends, the latest first. */
function newestRows(rows: Uint32Array, endsUs: Float64Array): readonly number[] {
  const limit = endsUs.slice().sort()[Math.max(0, endsUs.length - newestKept)] ?? 0;
  const newest: number[] = [];
  for (let i = 0; i < rows.length; i++) if ((endsUs[i] ?? 0) >= limit) newest.push(i);
  newest.sort((a, b) => (endsUs[b] ?? 0) - (endsUs[a] ?? 0));
  return newest.slice(0, newestKept).map((i) => rows[i] ?? 0);
}
