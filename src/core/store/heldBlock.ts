import { BlockView } from '../columns/blockView';
import type { SpanBlock } from '../columns/spanBlock';
import type { Coverage } from '../sampling/coverage';
import type { InferenceDefinition } from '../trace/inference';
import { BlockInferences } from './blockInferences';
import { BlockSites } from './blockSites';
import { type SpanSite, siteKey } from './spanSite';
import { weighInferences } from './weighInferences';

/** A block in the store, and which of its traces the store still has. */
export class HeldBlock {
  readonly view: BlockView;
  readonly #isGone: Uint8Array;
  /** Its traces, the one that ended first first. */
  readonly #order: Uint32Array;
  #next = 0;
  /** By place in the code: how many of its spans the store has. */
  readonly #siteCounts: Uint32Array;
  #siteKeys: readonly string[] | undefined;
  #inferences: BlockInferences;
  #sites: BlockSites | undefined;
  #weights: Float64Array | undefined;
  liveTraces = 0;
  liveSpans = 0;
  liveBytes = 0;

  constructor(block: SpanBlock, definition: InferenceDefinition) {
    const view = new BlockView(block);
    this.view = view;
    const ends = block.traces.endTimeUs;
    this.#isGone = new Uint8Array(view.traceCount).fill(1);
    this.#order = Uint32Array.from(ends.keys()).sort((a, b) => (ends[a] ?? 0) - (ends[b] ?? 0));
    this.#siteCounts = new Uint32Array(block.sites.name.length);
    this.#inferences = new BlockInferences(view, definition);
  }

  /** Reads what the block holds by another definition. */
  define(definition: InferenceDefinition): void {
    this.#inferences = new BlockInferences(this.view, definition);
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

  has(trace: number): boolean {
    return this.#isGone[trace] === 0;
  }

  /** Counts a trace as the store's. */
  keep(trace: number): void {
    this.#count(trace, 1);
    this.#isGone[trace] = 0;
  }

  /** Counts a trace as gone. */
  drop(trace: number): void {
    this.#count(trace, -1);
    this.#isGone[trace] = 1;
  }

  /** The trace that ended first of those that the store has; `undefined` when it has none. */
  oldest(): number | undefined {
    while (this.#next < this.#order.length && !this.has(this.#order[this.#next] ?? 0)) this.#next++;
    return this.#order[this.#next];
  }

  /** By place in the code: its key in the store. */
  get siteKeys(): readonly string[] {
    this.#siteKeys ??= Array.from(this.#siteCounts, (_, site) => this.#siteKey(site));
    return this.#siteKeys;
  }

  siteCount(site: number): number {
    return this.#siteCounts[site] ?? 0;
  }

  #count(trace: number, sign: 1 | -1): void {
    const [from, to] = this.view.rowsOf(trace);
    const { site } = this.view.block.spans;
    for (let row = from; row < to; row++) {
      const of = site[row] ?? 0;
      this.#siteCounts[of] = (this.#siteCounts[of] ?? 0) + sign;
    }
    this.liveTraces += sign;
    this.liveSpans += sign * (to - from);
    this.liveBytes += sign * (this.view.block.traces.bytes[trace] ?? 0);
    this.#inferences.forget();
    this.#sites = undefined;
    if (sign > 0) this.#next = 0;
  }

  /** What one of its places in the code is. */
  codeOf(site: number): Omit<SpanSite, 'key' | 'spanCount'> {
    const { sites } = this.view.block;
    const text = (column: Uint32Array) => this.view.name(column[site]) || undefined;
    return {
      service: this.view.name(sites.service[site]),
      spanName: this.view.name(sites.name[site]),
      filePath: text(sites.filePath),
      line: sites.line[site] || undefined,
      functionName: text(sites.functionName),
    };
  }

  #siteKey(site: number): string {
    const { service, spanName, ...code } = this.codeOf(site);
    return siteKey({ service, name: spanName }, code);
  }
}
