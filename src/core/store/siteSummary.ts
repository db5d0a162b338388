import { mix, type Share, sharesOf } from '../statistics/mix';
import { SortedRuns } from '../statistics/sortedRuns';
import type { Inference } from '../trace/inference';
import type { Span } from '../trace/span';
import type { RowInference } from './blockInferences';
import { newestKept, type SiteColumns } from './blockSites';
import type { HeldBlock } from './heldBlock';

/** A span seen at its site; with the inference that it is, if it is one. */
export interface SiteSample {
  readonly span: Span;
  /** Microseconds since the Unix epoch. */
  readonly endTimeUs: number;
  readonly inference: Inference | undefined;
}

/** How values are spread: exactly, of all of them. */
export interface Distribution {
  readonly count: number;
  /** `undefined` for no values, as the others. */
  readonly avg: number | undefined;
  readonly max: number | undefined;
  quantile(q: number): number | undefined;
}

/** What the store knows of the spans of some places in the code, taken together. */
export interface SiteSummary {
  readonly runs: number;
  readonly inferences: number;
  readonly errors: number;
  /** Of the inferences, in milliseconds. */
  readonly latencyMs: Distribution;
  readonly durationUs: Distribution;
  /** The most frequent first. */
  readonly predictions: readonly Share[];
  /** The spans that ended last, the last one first, at most 60. */
  readonly newest: readonly SiteSample[];
  /** The mean latency of the inferences that ended after a time, in milliseconds. */
  averageLatencyMsSince(afterUs: number): number | undefined;
  /** What the inferences that ended after a time predicted, the most frequent first. */
  predictionsSince(afterUs: number): readonly Share[];
}

/** A place in the code, in one of the blocks that have spans of it. */
export interface SitePart {
  readonly held: HeldBlock;
  readonly site: number;
}

/** Puts the parts of sites together. */
export function summarise(parts: readonly SitePart[]): SiteSummary {
  const columns = parts.map(({ held, site }) => held.sites.at(site));
  const counts = new Map<string, number>();
  for (const { predictions } of columns)
    for (const [label, count] of predictions) counts.set(label, (counts.get(label) ?? 0) + count);
  return {
    runs: sum(columns, ({ runs }) => runs),
    inferences: sum(columns, ({ inferences }) => inferences.length),
    errors: sum(columns, ({ errors }) => errors),
    latencyMs: distribution(columns.map(({ latenciesMs }) => latenciesMs)),
    durationUs: distribution(columns.map(({ durationsUs }) => durationsUs)),
    predictions: sharesOf(counts),
    newest: newestOf(parts, columns),
    averageLatencyMsSince: (afterUs) => averageSince(columns, afterUs),
    predictionsSince: (afterUs) =>
      mix([...since(columns, afterUs)].flatMap(({ prediction }) => prediction || [])),
  };
}

function distribution(runs: readonly Float64Array[]): Distribution {
  const sorted = new SortedRuns(runs);
  let total = 0;
  for (const run of runs) for (const value of run) total += value;
  const { count } = sorted;
  return {
    count,
    avg: count === 0 ? undefined : total / count,
    max: sorted.quantile(1),
    quantile: (q) => sorted.quantile(q),
  };
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

function averageSince(columns: readonly SiteColumns[], afterUs: number): number | undefined {
  let [total, count] = [0, 0];
  for (const { storageLatencyMs } of since(columns, afterUs)) {
    if (storageLatencyMs === undefined) continue;
    total += storageLatencyMs;
    count++;
  }
  return count === 0 ? undefined : total / count;
}

function* since(columns: readonly SiteColumns[], afterUs: number): Iterable<RowInference> {
  for (const { inferences } of columns) {
    for (let i = inferences.length - 1; i >= 0; i--) {
      const inference = inferences[i];
      if (!inference || inference.endTimeUs <= afterUs) break;
      yield inference;
    }
  }
}

function sum(columns: readonly SiteColumns[], of: (column: SiteColumns) => number): number {
  return columns.reduce((total, column) => total + of(column), 0);
}
