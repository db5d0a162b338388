import type { OpenedTraces } from '../../core/store/openedTraces';
import type { TraceStore } from '../../core/store/traceStore';
import type { LineFilter } from './model';

/** Places in the code that a filter is made of. */
export interface LineFilterSites {
  /** Which line, for people. */
  readonly label: string;
  readonly siteKeys: readonly string[];
}

/** How long an answer holds: a tree asks of each of its traces when it is drawn. */
const freshMs = 100;

/** The traces that went through some places in the code, as they come and go. */
export class SitesFilter implements LineFilter {
  readonly label: string;
  readonly #siteKeys: readonly string[];
  readonly #stores: () => readonly Pick<TraceStore, 'summary'>[];
  readonly #nowMs: () => number;
  #known: readonly ReadonlySet<string>[] = [];
  #knownAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    { label, siteKeys }: LineFilterSites,
    deps: {
      readonly store: Pick<TraceStore, 'summary'>;
      readonly opened: Pick<OpenedTraces, 'files'>;
      readonly nowMs: () => number;
    },
  ) {
    this.label = label;
    this.#siteKeys = siteKeys;
    this.#stores = () => [deps.store, ...deps.opened.files.map(({ store }) => store)];
    this.#nowMs = deps.nowMs;
  }

  has(traceId: string): boolean {
    const nowMs = this.#nowMs();
    if (Math.abs(nowMs - this.#knownAtMs) > freshMs) {
      this.#known = this.#stores().map((store) => store.summary(this.#siteKeys).traceIds());
      this.#knownAtMs = nowMs;
    }
    return this.#known.some((ids) => ids.has(traceId));
  }
}
