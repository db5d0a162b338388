import { type Condition, type Evaluator, lookBackUs, type Rule } from './rule';
import type { Selection, ValueSeries, ValueSource } from './valueColumn';
import { ValueWindow } from './valueWindow';

/** The window of one group. */
export interface GroupWindow {
  readonly labels: readonly string[];
  readonly window: ValueWindow;
  /** What lies before the window, for evaluators that compare with it. */
  readonly before: ValueWindow | undefined;
}

interface Reading {
  readonly selection: string;
  readonly condition: Condition;
  readonly groupBy: readonly string[];
  readonly baselineUs: number;
}

/** The values of some rules at one moment. What several of them look at is read once, and what several make of it is made once. */
export class RuleValues {
  readonly #source: ValueSource;
  readonly #atUs: number;
  readonly #lookBackUs = new Map<string, number>();
  readonly #series = new Map<string, readonly ValueSeries[]>();
  readonly #keys = new Map<Condition, Map<readonly string[], string>>();
  readonly #windows = new Map<string, readonly GroupWindow[]>();

  constructor(source: ValueSource, rules: readonly Rule[], atUs: number) {
    this.#source = source;
    this.#atUs = atUs;
    for (const rule of rules) {
      for (const condition of rule.conditions) {
        const key = this.#keyOf(condition, rule.groupBy);
        const needUs = lookBackUs({ conditions: [condition] });
        this.#lookBackUs.set(key, Math.max(needUs, this.#lookBackUs.get(key) ?? 0));
      }
    }
  }

  get atUs(): number {
    return this.#atUs;
  }

  /** The groups that have anything in a condition's window. */
  windowsOf(condition: Condition, groupBy: readonly string[]): readonly GroupWindow[] {
    const selection = this.#keyOf(condition, groupBy);
    const baselineUs = baselineOf(condition.evaluator);
    const key = `${selection} ${condition.windowUs} ${baselineUs}`;
    const windows = this.#windows.get(key) ?? this.#read(key, { selection, condition, groupBy, baselineUs });
    // A rule for one service looks at what rules for all of them have read.
    const place = condition.service === '' ? -1 : groupBy.indexOf('service');
    return place < 0 ? windows : windows.filter(({ labels }) => labels[place] === condition.service);
  }

  #read(key: string, { selection, condition, groupBy, baselineUs }: Reading): readonly GroupWindow[] {
    const atUs = this.#atUs;
    const afterUs = atUs - condition.windowUs;
    const windows = this.#seriesOf(selection, condition, groupBy).flatMap((series) => {
      const window = new ValueWindow(series, afterUs, atUs);
      if (window.size === 0) return [];
      const before = baselineUs > 0 ? new ValueWindow(series, afterUs - baselineUs, afterUs) : undefined;
      return [{ labels: series.labels, window, before }];
    });
    this.#windows.set(key, windows);
    return windows;
  }

  #keyOf(condition: Condition, groupBy: readonly string[]): string {
    let byGroups = this.#keys.get(condition);
    if (!byGroups) {
      byGroups = new Map();
      this.#keys.set(condition, byGroups);
    }
    let key = byGroups.get(groupBy);
    if (key === undefined) {
      key = JSON.stringify(readAs(condition, groupBy));
      byGroups.set(groupBy, key);
    }
    return key;
  }

  #seriesOf(key: string, condition: Condition, groupBy: readonly string[]): readonly ValueSeries[] {
    let series = this.#series.get(key);
    if (!series) {
      const lookBack = this.#lookBackUs.get(key) ?? lookBackUs({ conditions: [condition] });
      series = this.#source.series(readAs(condition, groupBy), this.#atUs - lookBack, this.#atUs);
      this.#series.set(key, series);
    }
    return series;
  }
}

/** What of a condition decides which values it looks at. */
export function selectionOf(
  { signal, service, operation }: Condition,
  groupBy: readonly string[],
): Selection {
  return { signal, service, operation, groupBy };
}

/** Where services are told apart, all of them are read at once. */
function readAs(condition: Condition, groupBy: readonly string[]): Selection {
  const selection = selectionOf(condition, groupBy);
  return groupBy.includes('service') ? { ...selection, service: '' } : selection;
}

function baselineOf(evaluator: Evaluator): number {
  return evaluator.type === 'anomaly' ? evaluator.baselineUs : 0;
}
