import type { SampleError } from '../sampling/coverage';
import type { SampleSize } from '../sampling/sampleSize';
import { type Share, sharesOf } from '../statistics/mix';
import type { Inference } from '../trace/inference';
import type { Span } from '../trace/span';
import type { RowInference } from './blockInferences';
import { newestKept, type SiteColumns } from './blockSites';
import { type Distribution, distribution } from './distribution';
import type { HeldBlock } from './heldBlock';

/** A span seen at its site; with the inference that it is, if it is one. */
export interface SiteSample {
  readonly span: Span;
  /** Microseconds since the Unix epoch. */
  readonly endTimeUs: number;
  readonly inference: Inference | undefined;
}

/** What the store knows of the spans of some places in the code, taken together. */
export interface SiteSummary {
  readonly runs: number;
  readonly inferences: number;
  readonly errors: number;
  /** The part of the runs that were errors, 0 to 1. */
  readonly errorShare: number;
  /** Of how many runs these are a sample; `undefined` when they are all. */
  readonly sample: SampleSize | undefined;
  /** Of the inferences, in milliseconds. */
  readonly latencyMs: Distribution;
  readonly durationUs: Distribution;
  /** The most frequent first; counted as known, shared by what they stand for. */
  readonly predictions: readonly Share[];
  /** The spans that ended last, the last one first, at most 60. */
  readonly newest: readonly SiteSample[];
  /** The mean latency of the inferences that ended after a time, in milliseconds. */
  averageLatencyMsSince(afterUs: number): number | undefined;
  /** What the inferences that ended after a time predicted, the most frequent first. */
  predictionsSince(afterUs: number): readonly Share[];
  /** Of how many such inferences that is the mean of a sample; `undefined` when it is that of all. */
  sampleSince(afterUs: number): SampleSize | undefined;
}

/** A place in the code, in one of the blocks that have spans of it. */
export interface SitePart {
  readonly held: HeldBlock;
  readonly site: number;
}

/** Says how good estimates of a service are, of a time on. */
export type ErrorOf = (service: string, afterUs?: number) => SampleError | undefined;

/** Puts the parts of sites together. */
export function summarise(parts: readonly SitePart[], errorOf: ErrorOf): SiteSummary {
  const columns = parts.map(({ held, site }) => held.sites.at(site));
  const services = new Set(parts.map(({ held, site }) => held.codeOf(site).service));
  const sample = sampleOf(columns, errorIn(services, errorOf));
  const runs = sum(columns, ({ runs }) => runs);
  const errors = sum(columns, ({ errors }) => errors);
  const estimatedErrors = sum(columns, (each) => each.sampled?.estimatedErrors ?? each.errors);
  return {
    runs,
    inferences: sum(columns, ({ inferences }) => inferences.length),
    errors,
    errorShare: sample ? estimatedErrors / sample.estimated : errors / runs,
    sample,
    latencyMs: distribution(columns.map(({ latenciesMs }) => latenciesMs)),
    durationUs: distribution(columns.map(({ durationsUs }) => durationsUs)),
    predictions: sharesOf(
      totals(columns.map(({ predictions }) => predictions)),
      totals(columns.map(({ predictionWeights }) => predictionWeights)),
    ),
    newest: newestOf(parts, columns),
    averageLatencyMsSince: (afterUs) => averageSince(columns, afterUs),
    predictionsSince: (afterUs) => predictionsSince(columns, afterUs),
    sampleSince: (afterUs) => sampleSince(columns, afterUs, errorIn(services, errorOf, afterUs)),
  };
}

/** The worst of what is known of some services. */
function errorIn(services: Iterable<string>, errorOf: ErrorOf, afterUs?: number): SampleError {
  const errors = [...services].flatMap((service) => errorOf(service, afterUs) ?? []);
  return {
    relativeError: Math.max(0, ...errors.map(({ relativeError }) => relativeError)),
    isAtLeast: errors.some(({ isAtLeast }) => isAtLeast),
  };
}

function sampleOf(columns: readonly SiteColumns[], error: SampleError): SampleSize | undefined {
  const known = sum(columns, ({ runs, sampled }) => sampled?.known ?? runs);
  const estimated = sum(columns, ({ runs, sampled }) => sampled?.estimated ?? runs);
  const isSample = error.isAtLeast || known !== estimated;
  return isSample && estimated > 0 ? { known, estimated, ...error } : undefined;
}

function sampleSince(
  columns: readonly SiteColumns[],
  afterUs: number,
  error: SampleError,
): SampleSize | undefined {
  let [known, estimated, isSample] = [0, 0, error.isAtLeast];
  for (const { storageLatencyMs, weight } of since(columns, afterUs)) {
    if (storageLatencyMs === undefined) continue;
    if (weight > 0) known++;
    estimated += weight;
    isSample ||= weight !== 1;
  }
  return isSample && estimated > 0 ? { known, estimated, ...error } : undefined;
}

function totals(maps: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, number> {
  const all = new Map<string, number>();
  for (const map of maps) for (const [label, count] of map) all.set(label, (all.get(label) ?? 0) + count);
  return all;
}

/** Takes the newest of the parts' newest, again and again. */
function newestOf(parts: readonly SitePart[], columns: readonly SiteColumns[]): readonly SiteSample[] {
  const heads = parts.map(({ held }, i) => new NewestHead(held, columns[i]));
  const samples: SiteSample[] = [];
  while (samples.length < newestKept) {
    let head: NewestHead | undefined;
    for (const each of heads) if (each.endUs > (head?.endUs ?? Number.NEGATIVE_INFINITY)) head = each;
    if (!head) break;
    samples.push(head.take());
  }
  return samples;
}

/** Goes through the newest rows of one part. */
class NewestHead {
  readonly #held: HeldBlock;
  readonly #rows: readonly number[];
  #next = 0;
  endUs = Number.NEGATIVE_INFINITY;

  constructor(held: HeldBlock, columns: SiteColumns | undefined) {
    this.#held = held;
    this.#rows = columns?.newest ?? [];
    this.#look();
  }

  take(): SiteSample {
    const row = this.#rows[this.#next++] ?? 0;
    const endTimeUs = this.endUs;
    this.#look();
    const inference = this.#held.inferences.at(row);
    return { span: this.#held.view.span(row), endTimeUs, inference };
  }

  #look(): void {
    const row = this.#rows[this.#next];
    const { startTimeUs, durationUs } = this.#held.view.block.spans;
    this.endUs =
      row === undefined ? Number.NEGATIVE_INFINITY : (startTimeUs[row] ?? 0) + (durationUs[row] ?? 0);
  }
}

/** The inferences that ended after a time. */
function* since(columns: readonly SiteColumns[], afterUs: number): Generator<RowInference> {
  for (const { inferences } of columns) {
    for (let i = inferences.length - 1; i >= 0; i--) {
      const inference = inferences[i];
      if (!inference || inference.endTimeUs <= afterUs) break;
      yield inference;
    }
  }
}

function predictionsSince(columns: readonly SiteColumns[], afterUs: number): readonly Share[] {
  const counts = new Map<string, number>();
  const weights = new Map<string, number>();
  for (const { prediction, weight } of since(columns, afterUs)) {
    if (!prediction) continue;
    counts.set(prediction, (counts.get(prediction) ?? 0) + 1);
    weights.set(prediction, (weights.get(prediction) ?? 0) + weight);
  }
  return sharesOf(counts, weights);
}

function averageSince(columns: readonly SiteColumns[], afterUs: number): number | undefined {
  let [total, weights, plain, count] = [0, 0, 0, 0];
  for (const { storageLatencyMs, weight } of since(columns, afterUs)) {
    if (storageLatencyMs === undefined) continue;
    total += storageLatencyMs * weight;
    weights += weight;
    plain += storageLatencyMs;
    count++;
  }
  if (weights > 0) return total / weights;
  return count === 0 ? undefined : plain / count;
}

function sum(columns: readonly SiteColumns[], of: (column: SiteColumns) => number): number {
  return columns.reduce((total, column) => total + of(column), 0);
}
