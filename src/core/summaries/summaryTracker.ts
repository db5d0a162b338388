import type { StoreChange, TraceStore } from '../store/traceStore';
import { type MinuteSummary, minuteOf } from './minuteSummary';
import { type SummaryWish, summariseMinute } from './summariseMinute';

/** How long summaries are kept. */
export const summaryDays = 14;

const keptMinutes = summaryDays * 24 * 60;
/** Clocks of other machines may be ahead. */
const minutesAhead = 10;

/** What a tracker has told of a minute. */
interface ToldMinute {
  /** All of its inferences are still in the store. */
  isWhole: boolean;
  /** Inferences told, by service. */
  readonly told: Map<string, number>;
}

/**
 * Finds which minutes have changed in a store, and summarises them anew: what comes late, twice or in pieces is counted once, as the store has
 * it. A minute of which inferences were let go is told again only when that is no less than what was told before.
 */
export class SummaryTracker {
  readonly #store: Pick<TraceStore, 'inferences' | 'inferencesOf' | 'signal'>;
  readonly #session: string;
  readonly #changed = new Set<string>();
  /** By trace id: the minutes in which its inferences count. Traces without any are not here. */
  readonly #minutesOf = new Map<string, readonly number[]>();
  readonly #dirty = new Set<number>();
  readonly #minutes = new Map<number, ToldMinute>();
  #epoch = 0;
  #revision = 0;

  /** The session names who observes: letters and digits. */
  constructor(store: Pick<TraceStore, 'inferences' | 'inferencesOf' | 'signal'>, session: string) {
    this.#store = store;
    this.#session = session;
  }

  /** Takes note of what changed in the store, cheaply. */
  note({ added, updated, removed }: StoreChange): void {
    for (const id of added) this.#changed.add(id);
    for (const id of updated) this.#changed.add(id);
    for (const id of removed) {
      this.#changed.delete(id);
      for (const minute of this.#minutesOf.get(id) ?? []) this.#minute(minute).isWhole = false;
      this.#minutesOf.delete(id);
    }
  }

  /** Begins anew, when the store was cleared: what comes then is another's observation. */
  reset(): void {
    this.#epoch++;
    for (const state of [this.#changed, this.#minutesOf, this.#dirty, this.#minutes]) state.clear();
  }

  /** The summaries of at most some minutes that changed; none when there is nothing to tell. Ask again until there are none. */
  due(nowUs: number, wish: SummaryWish, most = 64): readonly MinuteSummary[] {
    this.#lookAtChanged(most * 64);
    const oldest = minuteOf(nowUs) - keptMinutes;
    const rows: MinuteSummary[] = [];
    let count = 0;
    for (const minute of this.#dirty) {
      if (count++ >= most) break;
      this.#dirty.delete(minute);
      if (minute >= oldest && minute <= oldest + keptMinutes + minutesAhead)
        rows.push(...this.#tell(minute, wish));
    }
    for (const minute of this.#minutes.keys()) if (minute < oldest) this.#minutes.delete(minute);
    return rows;
  }

  /** Whether there is anything left to tell. */
  get hasDue(): boolean {
    return this.#changed.size > 0 || this.#dirty.size > 0;
  }

  #lookAtChanged(most: number): void {
    let count = 0;
    for (const id of this.#changed) {
      if (count++ >= most) break;
      this.#changed.delete(id);
      const before = this.#minutesOf.get(id) ?? [];
      const now = [...new Set(this.#store.inferencesOf(id).map(({ endTimeUs }) => minuteOf(endTimeUs)))];
      for (const minute of [...before, ...now]) this.#dirty.add(minute);
      if (now.length > 0) this.#minutesOf.set(id, now);
      else this.#minutesOf.delete(id);
    }
  }

  #tell(minute: number, wish: SummaryWish): readonly MinuteSummary[] {
    const { isWhole, told } = this.#minute(minute);
    const found = summariseMinute(this.#store, minute, wish);
    // A service of which no inference is left in a whole minute has none: one has grown into another minute.
    const gone = [...told.keys()]
      .filter((service) => !found.some((row) => row.service === service))
      .map((service) => ({
        ...{ source: wish.source, service, minute, inferences: 0, errors: 0 },
        ...{ predictions: new Map(), otherPredictions: 0, values: new Map() },
      }));
    return [...found, ...gone]
      .filter(({ service, inferences }) => isWhole || inferences >= (told.get(service) ?? 0))
      .map((row) => {
        told.set(row.service, row.inferences);
        return { ...row, observer: `${this.#session}.${this.#epoch}`, revision: ++this.#revision };
      });
  }

  #minute(minute: number): ToldMinute {
    const known = this.#minutes.get(minute) ?? { isWhole: true, told: new Map() };
    this.#minutes.set(minute, known);
    return known;
  }
}
