import { type Condition, type Evaluator, lookBackUs, type Rule } from './rule';
import type { Selection, ValueColumn, ValueSource } from './valueColumn';
import { ValueWindow } from './valueWindow';

/** The window of one group. */
export interface GroupWindow {
  readonly labels: readonly string[];
  readonly window: ValueWindow;
  /** What lies before the window, for evaluators that compare with it. */
  readonly before: ValueWindow | undefined;
}

/** The values of some rules at one moment. What several of them look at is read once, and what several make of it is made once. */
export class RuleValues {
  readonly #source: ValueSource;
  readonly #atUs: number;
  readonly #lookBackUs = new Map<string, number>();
  readonly #columns = new Map<string, readonly ValueColumn[]>();
  readonly #windows = new Map<string, readonly GroupWindow[]>();

  constructor(source: ValueSource, rules: readonly Rule[], atUs: number) {
    this.#source = source;
    this.#atUs = atUs;
    for (const rule of rules) {
      for (const condition of rule.conditions) {
        const key = keyOf(condition, rule.groupBy);
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
    const selection = keyOf(condition, groupBy);
    const baselineUs = baselineOf(condition.evaluator);
    const key = `${selection} ${condition.windowUs} ${baselineUs}`;
    const known = this.#windows.get(key);
    if (known) return known;
    const atUs = this.#atUs;
    const afterUs = atUs - condition.windowUs;
    const windows = this.#columnsOf(selection, condition, groupBy).flatMap((column) => {
      const window = new ValueWindow(column, afterUs, atUs);
      if (window.size === 0) return [];
      const before = baselineUs > 0 ? new ValueWindow(column, afterUs - baselineUs, afterUs) : undefined;
      return [{ labels: column.labels, window, before }];
    });
    this.#windows.set(key, windows);
    return windows;
  }

  #columnsOf(key: string, condition: Condition, groupBy: readonly string[]): readonly ValueColumn[] {
    let columns = this.#columns.get(key);
    if (!columns) {
      const lookBack = this.#lookBackUs.get(key) ?? lookBackUs({ conditions: [condition] });
      columns = this.#source.columns(selectionOf(condition, groupBy), this.#atUs - lookBack, this.#atUs);
      this.#columns.set(key, columns);
    }
    return columns;
  }
}

/** What of a condition decides which values it looks at. */
export function selectionOf(
  { signal, service, operation }: Condition,
  groupBy: readonly string[],
): Selection {
  return { signal, service, operation, groupBy };
}

function keyOf(condition: Condition, groupBy: readonly string[]): string {
  return JSON.stringify(selectionOf(condition, groupBy));
}

function baselineOf(evaluator: Evaluator): number {
  return evaluator.type === 'anomaly' ? evaluator.baselineUs : 0;
}
