import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { nameMatcher } from '../../core/archive/nameMatcher';
import type { SpanBlock } from '../../core/columns/spanBlock';
import type { Disposable } from '../../core/event';
import type { TraceStore } from '../../core/store/traceStore';
import { type MinuteSummary, minuteOf } from '../../core/summaries/minuteSummary';
import type { SummaryWish } from '../../core/summaries/summariseMinute';
import { SummaryTracker } from '../../core/summaries/summaryTracker';
import type { Clock } from '../clock';
import { messageOf } from './messageOf';
import { SummaryLog } from './summaryLog';
import { TraceLog, type TraceLogLimits, type TraceLogStats } from './traceLog';

/** What is to be kept. */
export interface ArchiveWish extends TraceLogLimits {
  /** Whether received traces are kept; when not, what was kept is deleted. */
  readonly keepsTraces: boolean;
  readonly keepsSummaries: boolean;
  /** Attributes of inferences of which summaries are kept. */
  readonly attributes: readonly string[];
  readonly predictionAttribute: string;
}

/** What an archive needs. */
export interface ArchiveOptions {
  readonly folder: string;
  /** Names this session among all that use the folder: letters and digits. */
  readonly session: string;
  readonly store: TraceStore;
  readonly clock: Clock;
  readonly wish: ArchiveWish;
  /** Names where the store's traces come from now. */
  readonly sourceName: () => string;
  readonly onProblem: (message: string) => void;
}

const tellMs = 5_000;
const retainMs = 60_000;
/** How often summaries are told before everything ends; what is left is seen again by the next session. */
const lastTellings = 16;

/** What survives the window: the traces that were received, and summaries of each minute from whichever source. */
export class Archive implements Disposable {
  readonly #options: ArchiveOptions;
  readonly #traces: TraceLog;
  readonly #summaries: SummaryLog;
  readonly #tracker: SummaryTracker;
  readonly #disposables: Disposable[] = [];
  #wish: ArchiveWish;
  #restoring = 0;
  #isTelling = false;

  constructor(options: ArchiveOptions) {
    const { folder, session, store, clock, onProblem, wish } = options;
    this.#options = options;
    this.#wish = wish;
    const common = { session, clock, onProblem, nowMs: () => clock.nowMs() };
    this.#traces = new TraceLog({ ...common, folder: join(folder, 'traces'), limits: wish });
    this.#summaries = new SummaryLog({ ...common, folder: join(folder, 'summaries') });
    this.#tracker = new SummaryTracker(store, session);
    const there = new Set(store.inferences().map(({ span }) => span.traceId));
    this.#tracker.note({ added: [...there], updated: [], removed: [] });
    this.#disposables.push(
      store.onDidChange((change) => this.#tracker.note(change)),
      store.onDidClear(() => {
        this.#restoring++;
        this.#tracker.reset();
      }),
    );
    this.#every(tellMs, () => this.tellSummaries());
    this.#every(retainMs, () => this.tidy());
    this.configure(wish);
  }

  get stats(): TraceLogStats {
    return this.#traces.stats;
  }

  /** Keeps something else from now on. */
  configure(wish: ArchiveWish): void {
    this.#wish = wish;
    this.#traces.configure(wish);
    if (!wish.keepsTraces) void this.#traces.clear();
    if (!wish.keepsSummaries) void this.#summaries.clear();
    void this.tidy();
  }

  /** Keeps what was received. */
  append(blocks: readonly SpanBlock[]): void {
    if (this.#wish.keepsTraces) this.#traces.append(blocks);
  }

  /** Puts what was received since a time, and is kept, back into the store, the newest first, until it is full; ends when the store is cleared. */
  async restore(sinceMs: number): Promise<void> {
    const { store, clock } = this.#options;
    const restoring = ++this.#restoring;
    await this.#traces.flush();
    const { evictedBySize } = store.stats();
    for await (const block of this.#traces.read(sinceMs)) {
      if (restoring !== this.#restoring) return;
      store.mergeBlocks([block], clock.nowMs() * 1000);
      if (store.stats().evictedBySize > evictedBySize) return;
    }
  }

  /** Summaries of a service's minutes that ended in (fromUs, toUs], as the source that is watched now has shown them. */
  summaries(service: string, fromUs: number, toUs: number): Promise<readonly MinuteSummary[]> {
    const source = this.#options.sourceName();
    const minutes = [minuteOf(fromUs) + 1, minuteOf(toUs)] as const;
    return this.#summaries.read(minutes, (row) => row.service === service && row.source === source);
  }

  /** Writes summaries of what has changed. */
  async tellSummaries(): Promise<void> {
    if (this.#isTelling) return;
    this.#isTelling = true;
    try {
      while (this.#tracker.hasDue) {
        const rows = this.#due();
        if (rows.length > 0) await this.#summaries.write(rows);
        await setImmediate();
      }
    } finally {
      this.#isTelling = false;
    }
  }

  /** Lets go what is too old or too much. */
  async tidy(): Promise<void> {
    await Promise.all([this.#traces.retain(), this.#summaries.tidy()]);
  }

  /** Forgets everything that was kept. */
  async clear(): Promise<void> {
    this.#restoring++;
    await Promise.all([this.#traces.clear(), this.#summaries.clear()]);
    await this.tidy();
  }

  /** Writes what is left. */
  dispose(): void {
    this.#restoring++;
    for (const each of this.#disposables) each.dispose();
    this.#traces.dispose();
    const rows: MinuteSummary[] = [];
    for (let i = 0; i < lastTellings && this.#tracker.hasDue; i++) rows.push(...this.#due());
    this.#summaries.writeLast(rows);
  }

  #due(): readonly MinuteSummary[] {
    const { clock, sourceName } = this.#options;
    const { attributes, predictionAttribute, neverWritten, keepsSummaries } = this.#wish;
    const isLeftOut = nameMatcher(neverWritten);
    const wish: SummaryWish = {
      source: sourceName(),
      attributes: attributes.filter((attribute) => !isLeftOut(attribute)),
      hasPredictions: !isLeftOut(predictionAttribute),
    };
    const rows = this.#tracker.due(clock.nowMs() * 1000, wish);
    return keepsSummaries ? rows : [];
  }

  #every(delayMs: number, work: () => Promise<void>): void {
    let timer: Disposable | undefined;
    let isOver = false;
    const next = () => {
      if (isOver) return;
      timer = this.#options.clock.setTimeout(() => {
        work()
          .catch((error: unknown) => this.#options.onProblem(messageOf(error)))
          .finally(next);
      }, delayMs);
    };
    this.#disposables.push({
      dispose: () => {
        isOver = true;
        timer?.dispose();
      },
    });
    next();
  }
}
