import { isAnomalous } from './isAnomalous';
import { isFiring } from './isFiring';
import type { Condition, Rule } from './rule';
import type { GroupWindow, RuleValues } from './ruleValues';

/** A series and the value that it has. */
export interface SeriesValue {
  /** The values of the rule's labels. */
  readonly labels: readonly string[];
  readonly value: number;
  /** What it was before, for evaluators that compare with it. */
  readonly before: number | undefined;
}

/** What a rule says of one group, which is all that a legacy rule has. */
export interface GroupResult {
  /** Empty for what is of no group. */
  readonly labels: readonly string[];
  readonly kind: 'ok' | 'firing' | 'no_data';
  /** The value that stands for the others: the worst of those that fire, else of all, of the first condition that has one. */
  readonly worst: SeriesValue | undefined;
  /** The condition that it belongs to. */
  readonly condition: Condition;
}

interface Outcome {
  readonly condition: Condition;
  readonly isFiring: boolean;
  readonly isNoData: boolean;
  readonly worst: SeriesValue | undefined;
}

/**
 * Evaluates a rule as Grafana's classic conditions do: a legacy rule over all series at once, a unified one for each group of labels by
 * itself. Without any series, each is evaluated once on no value.
 */
export function evaluateConditions(rule: Rule, values: RuleValues): readonly GroupResult[] {
  const windows = rule.conditions.map((condition) => values.windowsOf(condition, rule.groupBy));
  if (rule.dialect === 'legacy') return [resultOf(rule, windows, [], values.atUs)];
  const groups = new Map<string, readonly string[]>();
  for (const { labels } of windows.flat()) groups.set(labels.join('\0'), labels);
  if (groups.size === 0) return [resultOf(rule, windows, [], values.atUs)];
  if (groups.size === 1)
    return [...groups.values()].map((labels) => resultOf(rule, windows, labels, values.atUs));
  const byGroup = windows.map((each) => new Map(each.map((one) => [one.labels.join('\0'), one])));
  return [...groups].map(([key, labels]) => {
    const its = byGroup.map((each) => {
      const one = each.get(key);
      return one ? [one] : [];
    });
    return resultOf(rule, its, labels, values.atUs);
  });
}

function resultOf(
  rule: Rule,
  windows: readonly (readonly GroupWindow[])[],
  labels: readonly string[],
  atUs: number,
): GroupResult {
  const outcomes = rule.conditions.map((condition, i) => outcomeOf(rule, condition, windows[i] ?? [], atUs));
  let [firing, noData] = [false, false];
  for (const [i, outcome] of outcomes.entries()) {
    const isOr = outcome.condition.operator === 'or';
    firing = join(firing, outcome.isFiring, i === 0 || isOr);
    noData = join(noData, outcome.isNoData, i === 0 || isOr);
  }
  const shown =
    outcomes.find((each) => firing && each.isFiring && each.worst) ?? outcomes.find(({ worst }) => worst);
  const condition = shown?.condition ?? rule.conditions[0];
  const kind = kindOf(rule.dialect, firing, noData);
  return { labels, kind, worst: kind === 'no_data' ? undefined : shown?.worst, condition };
}

/** The first one begins: `or` with nothing before it. */
function join(before: boolean, now: boolean, isOr: boolean): boolean {
  return isOr ? before || now : before && now;
}

function kindOf(dialect: Rule['dialect'], isFiring: boolean, isNoData: boolean): GroupResult['kind'] {
  // In the unified dialect no data comes first.
  if (dialect === 'unified' && isNoData) return 'no_data';
  if (isFiring) return 'firing';
  return isNoData ? 'no_data' : 'ok';
}

function outcomeOf(
  { dialect }: Rule,
  condition: Condition,
  windows: readonly GroupWindow[],
  atUs: number,
): Outcome {
  const series = windows.map((each) => seriesOf(condition, each, { dialect, atUs }));
  if (series.length === 0) {
    const fires = condition.evaluator.type === 'no_value';
    return { condition, isFiring: fires, isNoData: dialect === 'legacy' || !fires, worst: undefined };
  }
  const firing = series.filter((each) => each.isFiring);
  const worst = (firing.length > 0 ? firing : series).reduce((a, b) =>
    isWorse(condition, b.value, a.value) ? b : a,
  );
  return { condition, isFiring: firing.length > 0, isNoData: false, worst };
}

function seriesOf(
  { evaluator, reducer }: Condition,
  { labels, window, before }: GroupWindow,
  { dialect, atUs }: { readonly dialect: Rule['dialect']; readonly atUs: number },
): SeriesValue & { readonly isFiring: boolean } {
  // A window that has values has one of each reducer.
  const value = window.reduce(reducer, dialect) ?? Number.NaN;
  if (evaluator.type !== 'anomaly' || !before)
    return {
      labels,
      value,
      before: undefined,
      isFiring: evaluator.type !== 'anomaly' && isFiring(evaluator, value),
    };
  const comparison = isAnomalous({ before, now: window }, reducer, evaluator, Math.floor(atUs / 1000));
  return { labels, value, before: comparison.before, isFiring: comparison.isAnomalous };
}

/** What is feared of a condition: mostly high values. */
function isWorse({ evaluator }: Condition, a: number, b: number): boolean {
  const isLow = evaluator.type === 'lt' || (evaluator.type === 'anomaly' && evaluator.direction === 'down');
  return isLow ? a < b : a > b;
}
