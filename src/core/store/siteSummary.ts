import type { SampleError } from '../sampling/coverage';
import type { SampleSize } from '../sampling/sampleSize';
import { type Share, sharesOf } from '../statistics/mix';
import type { Point } from '../statistics/movingSeries';
import type { Inference } from '../trace/inference';
import type { Span } from '../trace/span';
import type { RowInference } from './blockInferences';
import { newestKept, type SiteColumns } from './blockSites';
import { type Distribution, distribution } from './distribution';
import { firstAfter } from './firstAfter';
import type { HeldBlock } from './heldBlock';
import { addSums, type LatencySums, latencySums } from './latencySums';
import { type PredictionCounts, predictionCounts } from './predictionCounts';
import { compareWithBefore, type SiteComparison } from './siteComparison';
import type { SiteRow, SiteSplit } from './siteSplit';

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
  /** Latencies among these were derived from storage spans. */
  readonly isLatencyDerived: boolean;
  /** What the newest spans, with all that they led to, spent their time on; worked out when it is asked for. `undefined` of no time. */
  split(): SiteSplit | undefined;
  /** The mean latency of the inferences that ended after a time, in milliseconds. */
  averageLatencyMsSince(afterUs: number): number | undefined;
  /** What the inferences that ended after a time predicted, the most frequent first. */
  predictionsSince(afterUs: number): readonly Share[];
  /** Of how many such inferences that is the mean of a sample; `undefined` when it is that of all. */
  sampleSince(afterUs: number): SampleSize | undefined;
  /** How that time compares with the time before it; `undefined` when too little is known of one of them. */
  compareWithBefore(afterUs: number): SiteComparison | undefined;
  /** What ended after a time, in no order: the latencies of inferences or, where there are none, the durations of spans, in milliseconds. */
  pointsSince(afterUs: number): readonly Point[];
  /** The ids of the traces that these spans belong to. */
  traceIds(): ReadonlySet<string>;
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
  const newest = newestOf(parts, columns);
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
    predictions: sharesIn(columns.map(({ predictions }) => predictions)),
    newest: newest.map(sampleAt),
    isLatencyDerived: columns.some(({ isLatencyDerived }) => isLatencyDerived),
    split: () => newest[0]?.held.analysis?.siteSplit(newest),
    averageLatencyMsSince: (afterUs) => average(sumsSince(columns, afterUs)),
    predictionsSince: (afterUs) => predictionsSince(columns, afterUs),
    sampleSince: (afterUs) => sampleIn(sumsSince(columns, afterUs), errorIn(services, errorOf, afterUs)),
    compareWithBefore: (afterUs) => compareWithBefore(parts, columns, afterUs),
    pointsSince: (afterUs) => pointsSince(parts, columns, afterUs),
    traceIds: () => traceIdsOf(parts, columns),
  };
}

function pointsSince(
  parts: readonly SitePart[],
  columns: readonly SiteColumns[],
  afterUs: number,
): readonly Point[] {
  const points: Point[] = [];
  if (columns.some(({ inferences }) => inferences.length > 0)) {
    for (const { endTimeUs, storageLatencyMs, weight } of columns.flatMap((part) => since(part, afterUs)))
      if (storageLatencyMs !== undefined) points.push({ timeUs: endTimeUs, value: storageLatencyMs, weight });
    return points;
  }
  for (const [i, { held }] of parts.entries()) {
    const { startTimeUs, durationUs } = held.view.block.spans;
    for (const row of columns[i]?.rows ?? []) {
      const timeUs = (startTimeUs[row] ?? 0) + (durationUs[row] ?? 0);
      if (timeUs > afterUs) points.push({ timeUs, value: (durationUs[row] ?? 0) / 1000 });
    }
  }
  return points;
}

function traceIdsOf(parts: readonly SitePart[], columns: readonly SiteColumns[]): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const [i, { held }] of parts.entries())
    for (const trace of new Set(Array.from(columns[i]?.rows ?? [], (row) => held.view.traceOf(row))))
      ids.add(held.view.traceId(trace));
  return ids;
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

function sampleIn({ known, weight, isSample }: LatencySums, error: SampleError): SampleSize | undefined {
  return (isSample || error.isAtLeast) && weight > 0 ? { known, estimated: weight, ...error } : undefined;
}

function sharesIn(parts: readonly PredictionCounts[]): readonly Share[] {
  return sharesOf(totals(parts.map(({ counts }) => counts)), totals(parts.map(({ weights }) => weights)));
}

function totals(maps: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, number> {
  const all = new Map<string, number>();
  for (const map of maps) for (const [label, count] of map) all.set(label, (all.get(label) ?? 0) + count);
  return all;
}

/** Takes the newest of the parts' newest, again and again. */
function newestOf(parts: readonly SitePart[], columns: readonly SiteColumns[]): readonly SiteRow[] {
  const heads = parts.map(({ held }, i) => new NewestHead(held, columns[i]));
  const samples: SiteRow[] = [];
  while (samples.length < newestKept) {
    let head: NewestHead | undefined;
    for (const each of heads) if (each.endUs > (head?.endUs ?? Number.NEGATIVE_INFINITY)) head = each;
    if (!head) break;
    samples.push(head.take());
  }
  return samples;
}

function sampleAt({ held, row }: SiteRow): SiteSample {
  const { startTimeUs, durationUs } = held.view.block.spans;
  const ended = (startTimeUs[row] ?? 0) + (durationUs[row] ?? 0);
  return { span: held.view.span(row), endTimeUs: ended, inference: held.inferenceAt(row) };
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

  take(): SiteRow {
    const row = this.#rows[this.#next++] ?? 0;
    this.#look();
    return { held: this.#held, row };
  }

  #look(): void {
    const row = this.#rows[this.#next];
    const { startTimeUs, durationUs } = this.#held.view.block.spans;
    this.endUs =
      row === undefined ? Number.NEGATIVE_INFINITY : (startTimeUs[row] ?? 0) + (durationUs[row] ?? 0);
  }
}

/** Of the inferences that ended after a time. Parts of which all did, most of them, have been added up before. */
function sumsSince(columns: readonly SiteColumns[], afterUs: number): LatencySums {
  return addSums(
    columns.map((part) => (isAfter(part, afterUs) ? part.latencySums : latencySums(since(part, afterUs)))),
  );
}

function predictionsSince(columns: readonly SiteColumns[], afterUs: number): readonly Share[] {
  return sharesIn(
    columns.map((part) =>
      isAfter(part, afterUs) ? part.predictions : predictionCounts(since(part, afterUs)),
    ),
  );
}

function isAfter({ inferences: [first] }: SiteColumns, afterUs: number): boolean {
  return !first || first.endTimeUs > afterUs;
}

function since({ inferences }: SiteColumns, afterUs: number): readonly RowInference[] {
  return inferences.slice(firstAfter(inferences, afterUs));
}

function average({ count, total, weight, weightedTotal }: LatencySums): number | undefined {
  if (weight > 0) return weightedTotal / weight;
  return count === 0 ? undefined : total / count;
}

function sum(columns: readonly SiteColumns[], of: (column: SiteColumns) => number): number {
  return columns.reduce((total, column) => total + of(column), 0);
}
