import { BlockView } from '../columns/blockView';
import { type SpanBlock, siteFlags } from '../columns/spanBlock';
import type { Coverage } from '../sampling/coverage';
import type { InferenceDefinition } from '../trace/inference';
import { BlockInferences, type InferenceFacts, type RowInference } from './blockInferences';
import { BlockSites } from './blockSites';
import { type LibraryWork, type SpanSite, siteKey } from './spanSite';
import type { StoreAnalysis } from './storeAnalysis';
import { weighInferences } from './weighInferences';

/** What the store has of a trace of a block. `waiting`: another piece of it ends later. */
const state = { kept: 0, gone: 1, waiting: 2 } as const;

/** How blocks are read. */
export interface BlockReading {
  readonly definition: InferenceDefinition;
  /** By that definition; `undefined` as long as it is not loaded. */
  readonly analysis: StoreAnalysis | undefined;
}

/** A block in the store, and which of its traces and rows the store still has. */
export class HeldBlock {
  readonly view: BlockView;
  readonly #states: Uint8Array;
  /** Rows that a longer span with the same id took the place of. */
  #goneRows: Uint8Array | undefined;
  /** Its traces, the one that ended first first. */
  readonly #order: Uint32Array;
  #next = 0;
  /** By place in the code: how many of its spans the store has. */
  readonly #siteCounts: Uint32Array;
  #siteKeys: readonly string[] | undefined;
  #inferences: BlockInferences;
  #reading: BlockReading;
  #sites: BlockSites | undefined;
  #weights: Float64Array | undefined;
  liveTraces = 0;
  liveSpans = 0;
  liveBytes = 0;

  constructor(block: SpanBlock, reading: BlockReading) {
    const view = new BlockView(block);
    this.#reading = reading;
    this.view = view;
    const ends = block.traces.endTimeUs;
    this.#states = new Uint8Array(view.traceCount).fill(state.gone);
    this.#order = Uint32Array.from(ends.keys()).sort((a, b) => (ends[a] ?? 0) - (ends[b] ?? 0));
    this.#siteCounts = new Uint32Array(block.sites.name.length);
    this.#inferences = new BlockInferences(this, reading);
  }

  /** Reads what the block holds by another definition. */
  define(reading: BlockReading): void {
    this.#reading = reading;
    this.#inferences = new BlockInferences(this, reading);
    this.#weights = undefined;
    this.#sites = undefined;
  }

  /** Whether spans began in a time. */
  isWithin(fromUs: number, toUs: number): boolean {
    const { startTimeUs, endTimeUs } = this.view.block.traces;
    return startTimeUs.some((start, trace) => start < toUs && (endTimeUs[trace] ?? start) >= fromUs);
  }

  /** Says how many each of its traces stands for. */
  weigh(coverage: Coverage): void {
    if (!coverage.isSampled && !this.#weights) return;
    this.#weights = weighInferences(this.#inferences.all, this.view.traceCount, coverage);
    this.#sites = undefined;
  }

  /** How many each trace stands for; `undefined` when each stands for itself. */
  get weights(): Float64Array | undefined {
    return this.#weights;
  }

  get inferences(): BlockInferences {
    return this.#inferences;
  }

  /** The spans of each place in the code, as the store has them now. */
  get sites(): BlockSites {
    this.#sites ??= new BlockSites(this);
    return this.#sites;
  }

  get analysis(): StoreAnalysis | undefined {
    return this.#reading.analysis;
  }

  has(trace: number): boolean {
    return this.#states[trace] !== state.gone;
  }

  /** Whether the store has a row of a trace that it has. */
  hasRow(row: number): boolean {
    return this.#goneRows?.[row] !== 1;
  }

  /** Whether the store has all rows of a trace that it has. */
  isWhole(trace: number): boolean {
    const [from, to] = this.view.rowsOf(trace);
    return !this.#goneRows?.subarray(from, to).includes(1);
  }

  /** The inferences that the store has, the one that ended first first. */
  get liveInferences(): readonly RowInference[] {
    return this.#inferences.live(this.#isLive);
  }

  /** The inference that a row is, if it is one that the store has. */
  inferenceAt(row: number): RowInference | undefined {
    const inference = this.#inferences.at(row);
    return inference && this.#isLive(inference) ? inference : undefined;
  }

  /** Forgets what was worked out for a trace, since more of it has come elsewhere. */
  forgetTrace(trace: number): void {
    if (!this.analysis) return;
    this.analysis.timesOf(this).forget(trace);
    const [from, to] = this.view.rowsOf(trace);
    let hasInference = false;
    for (let row = from; row < to; row++) {
      const inference = this.#inferences.at(row);
      inference?.forgetDerived();
      hasInference ||= inference !== undefined;
    }
    if (hasInference) this.#forget();
  }

  /** What they have in common. */
  get inferenceFacts(): InferenceFacts {
    return this.#inferences.facts(this.#isLive);
  }

  /** Counts a trace as the store's. */
  keep(trace: number): void {
    this.#count(trace, 1);
    this.#states[trace] = state.kept;
  }

  /** Counts a trace as gone. */
  drop(trace: number): void {
    this.#count(trace, -1);
    this.#states[trace] = state.gone;
  }

  /** Counts a row as gone, of a trace that is the store's. */
  dropRow(row: number): void {
    this.#goneRows ??= new Uint8Array(this.view.spanCount);
    this.#countRow(row, -1);
    this.#goneRows[row] = 1;
    this.#forget();
  }

  /** Says of a trace that is the store's whether another piece of it ends later: then it is not asked for as the oldest. */
  setWaiting(trace: number, isWaiting: boolean): void {
    if (this.#states[trace] === state.waiting && !isWaiting) this.#next = 0;
    this.#states[trace] = isWaiting ? state.waiting : state.kept;
  }

  /** The trace that ended first of those that the store has, and that end here; `undefined` when there is none. */
  oldest(): number | undefined {
    while (this.#next < this.#order.length && this.#states[this.#order[this.#next] ?? 0] !== state.kept)
      this.#next++;
    return this.#order[this.#next];
  }

  /** By place in the code: its key in the store. */
  get siteKeys(): readonly string[] {
    if (!this.#siteKeys) {
      const keys: string[] = [];
      // Who calls comes before who is called.
      for (const site of this.#siteCounts.keys()) keys.push(this.#siteKey(site, keys));
      this.#siteKeys = keys;
    }
    return this.#siteKeys;
  }

  siteCount(site: number): number {
    return this.#siteCounts[site] ?? 0;
  }

  #count(trace: number, sign: 1 | -1): void {
    const [from, to] = this.view.rowsOf(trace);
    for (let row = from; row < to; row++) if (this.hasRow(row)) this.#countRow(row, sign);
    this.liveTraces += sign;
    this.liveBytes += sign * (this.view.block.traces.bytes[trace] ?? 0);
    this.#forget();
    if (sign > 0) this.#next = 0;
  }

  readonly #isLive = ({ trace, row, isModelCall }: RowInference) =>
    this.has(trace) && this.hasRow(row) && (!isModelCall || this.analysis?.isCounted(this, row) === true);

  #countRow(row: number, sign: 1 | -1): void {
    const site = this.view.block.spans.site[row] ?? 0;
    this.#siteCounts[site] = (this.#siteCounts[site] ?? 0) + sign;
    this.liveSpans += sign;
  }

  #forget(): void {
    this.#inferences.forget();
    this.#sites = undefined;
  }

  /** What one of its places in the code is. */
  codeOf(site: number): Omit<SpanSite, 'key' | 'spanCount'> {
    const library = this.#libraryOf(site);
    return { ...this.#plainCodeOf(site), ...(library ? { library } : {}) };
  }

  #plainCodeOf(site: number): Omit<SpanSite, 'key' | 'spanCount' | 'library'> {
    const { sites } = this.view.block;
    const text = (column: Uint32Array) => this.view.name(column[site]) || undefined;
    return {
      service: this.view.name(sites.service[site]),
      spanName: this.view.name(sites.name[site]),
      filePath: text(sites.filePath),
      line: sites.line[site] || undefined,
      functionName: text(sites.functionName),
      ...((sites.flags[site] ?? 0) & siteFlags.oldNames ? { hasOldNames: true } : {}),
    };
  }

  #libraryOf(site: number): LibraryWork | undefined {
    const { flags, operation, caller } = this.view.block.sites;
    if (((flags[site] ?? 0) & siteFlags.library) === 0) return undefined;
    const by = (caller[site] ?? 0) - 1;
    return {
      operation: this.view.name(operation[site]) || undefined,
      caller: by < 0 ? undefined : { ...this.#plainCodeOf(by), key: this.siteKeys[by] ?? '' },
    };
  }

  #siteKey(site: number, callers: readonly string[]): string {
    const { service, spanName, ...code } = this.#plainCodeOf(site);
    const { flags, operation, caller } = this.view.block.sites;
    if (((flags[site] ?? 0) & siteFlags.library) === 0) return siteKey({ service, name: spanName }, code);
    const by = callers[(caller[site] ?? 0) - 1] ?? '';
    return siteKey({ service, name: spanName }, code, [this.view.name(operation[site]), by]);
  }
}
