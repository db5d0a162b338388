import { randomBytes } from 'node:crypto';
import type { SpanBlock } from '../core/columns/spanBlock';
import type { Disposable } from '../core/event';
import type { TraceStore } from '../core/store/traceStore';
import type { MinuteSummary } from '../core/summaries/minuteSummary';
import type { Archive, ArchiveWish } from '../sources/archive/archive';
import type { TraceLogStats } from '../sources/archive/traceLog';
import { systemClock } from '../sources/clock';
import type { SettingsView, TraceSource } from './deps';
import { DisposableStore } from './disposableStore';
import type { Settings } from './settings';

/** What keeping needs from outside. */
export interface KeptTracesOptions {
  /** Below it lies all that is kept. */
  readonly folder: string;
  readonly store: TraceStore;
  readonly settings: SettingsView;
  readonly log: Readonly<Record<'info' | 'warn', (message: string) => void>>;
  readonly report: (error: unknown, doing: string) => void;
}

/** Keeps what was received beyond the window, and summaries from any source; brings it back when spans are received again. */
export class KeptTraces implements Disposable {
  readonly #options: KeptTracesOptions;
  readonly #disposables = new DisposableStore();
  #opening: Promise<Archive> | undefined;
  #archive: Archive | undefined;
  #isReceiving = false;

  constructor(options: KeptTracesOptions) {
    this.#options = options;
  }

  /** What the log did; `undefined` as long as there is none. */
  get stats(): TraceLogStats | undefined {
    return this.#archive?.stats;
  }

  /** Begins to keep what a source brings. */
  start(source: Pick<TraceSource, 'endpoints' | 'connection' | 'onDidChangeStatus'>): void {
    const { folder, store, settings, log } = this.#options;
    this.#opening = import('../sources/archiveSource').then(({ openArchive }) => {
      const archive = openArchive({
        ...{ folder, store, clock: systemClock },
        session: randomBytes(6).toString('hex'),
        wish: wishOf(settings.current),
        sourceName: () => source.connection?.url ?? 'received',
        onProblem: (message) => log.warn(message),
      });
      this.#archive = this.#disposables.add(archive);
      this.#disposables.add(settings.onDidChange((now) => archive.configure(wishOf(now))));
      return archive;
    });
    this.#run(() => this.#opening, 'open what is kept');
    this.#disposables.add(source.onDidChangeStatus(() => this.#follow(source.endpoints !== undefined)));
    this.#follow(source.endpoints !== undefined);
  }

  /** Keeps what was received, soon. */
  append(blocks: readonly SpanBlock[]): void {
    if (this.#archive) this.#archive.append(blocks);
    else this.#run(async () => (await this.#opening)?.append(blocks), 'keep what was received');
  }

  /** Forgets all that is kept. */
  async clear(): Promise<void> {
    await (await this.#opening)?.clear();
  }

  /** Summaries of a service's minutes that ended in (fromUs, toUs], from the source that is watched now. */
  async summaries(service: string, fromUs: number, toUs: number): Promise<readonly MinuteSummary[]> {
    return (await (await this.#opening)?.summaries(service, fromUs, toUs)) ?? [];
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  /** What is kept belongs to where spans are received: it comes back when that begins. */
  #follow(isReceiving: boolean): void {
    if (this.#isReceiving === isReceiving) return;
    this.#isReceiving = isReceiving;
    if (isReceiving) this.#run(() => this.#restore(), 'bring back what was kept');
  }

  async #restore(): Promise<void> {
    const { store, settings, log } = this.#options;
    const archive = await this.#opening;
    const before = store.stats().traces;
    await archive?.restore(Date.now() - settings.current.store.maxAgeUs / 1000);
    log.info(`Kept traces are back: ${store.stats().traces} in memory, ${before} before`);
  }

  #run(work: () => Promise<unknown> | undefined, doing: string): void {
    Promise.resolve(work()).catch((error: unknown) => this.#options.report(error, doing));
  }
}

function wishOf({ keep, inference, alert }: Settings): ArchiveWish {
  return {
    ...keep,
    attributes: [...new Set([inference.latencyAttribute, alert.attribute])],
    predictionAttribute: inference.predictionAttribute,
  };
}
