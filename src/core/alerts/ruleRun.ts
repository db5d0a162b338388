import type { GroupResult, SeriesValue } from './evaluateConditions';
import type { Condition, Rule } from './rule';
import { type NoticeKind, nothingTold, noticeOf, type Told } from './ruleNotice';
import { initialRuleState, type RuleState, type RuleStateName, skipTime, stepRule } from './ruleState';

/** What an evaluation of a rule gave: a result for each group, or why there is none. */
export type RuleOutcome =
  | { readonly kind: 'groups'; readonly groups: readonly GroupResult[] }
  | { readonly kind: 'error'; readonly message: string };

/** One series of a rule, and where it stands. */
export interface RuleInstance {
  /** The values of the labels that the rule is grouped by; empty for what is of no group. */
  readonly labels: readonly string[];
  readonly state: RuleState;
  /** When the state was entered, by the clock on the wall. */
  readonly enteredUs: number;
  readonly told: Told;
  /** The last value, and the condition that it belongs to. */
  readonly worst: SeriesValue | undefined;
  readonly condition: Condition;
  /** Evaluations in a row in which it was missing while others were there. */
  readonly missed: number;
}

/** What the user should hear of an instance. */
export interface RuleNotice {
  readonly rule: Rule;
  readonly kind: NoticeKind;
  readonly instance: RuleInstance;
  /** Why the rule could not be evaluated, when that is it. */
  readonly message: string | undefined;
}

/** The moment of a step: by the time of the data, and by the clock on the wall. */
export interface StepTime {
  readonly atUs: number;
  readonly nowUs: number;
}

/** A series that is missing is resolved after so many evaluations, as in Grafana. */
const missingToResolve = 2;

/** The instances of a rule after an evaluation, by their labels, and what to say of it. */
export function stepInstances(
  rule: Rule,
  before: ReadonlyMap<string, RuleInstance>,
  outcome: RuleOutcome,
  time: StepTime,
): { readonly instances: ReadonlyMap<string, RuleInstance>; readonly notices: readonly RuleNotice[] } {
  const instances = new Map<string, RuleInstance>();
  const notices: RuleNotice[] = [];
  const message = outcome.kind === 'error' ? outcome.message : undefined;
  const step = (
    key: string,
    known: RuleInstance,
    result: Pick<GroupResult, 'kind' | 'worst' | 'condition'> | 'error',
  ) => {
    const { instance, notice } = stepInstance(rule, known, result, time);
    if (notice) notices.push({ rule, kind: notice, instance, message });
    instances.set(key, instance);
  };
  const results = resultsFor(rule, before, outcome);
  for (const [key, { labels, result }] of results)
    step(key, before.get(key) ?? newInstance(rule, labels, time), result);
  for (const [key, known] of before) {
    if (results.has(key)) continue;
    const gone = goneInstance(rule, known, time);
    if (gone.notice) notices.push({ rule, kind: gone.notice, instance: gone.instance, message });
    if (!gone.isOver) instances.set(key, gone.instance);
  }
  return { instances, notices };
}

type Result = Pick<GroupResult, 'kind' | 'worst' | 'condition'> | 'error';

/** What holds for which instance: a failure, and no data at all, for all that there are. */
function resultsFor(
  rule: Rule,
  before: ReadonlyMap<string, RuleInstance>,
  outcome: RuleOutcome,
): ReadonlyMap<string, { readonly labels: readonly string[]; readonly result: Result }> {
  const forAll = (result: Result) => {
    const known = [...before].map(([key, { labels }]) => [key, { labels, result }] as const);
    return new Map(known.length > 0 ? known : [['', { labels: [], result }]]);
  };
  if (outcome.kind === 'error') return forAll('error');
  const [first] = outcome.groups;
  const isOfNone = rule.dialect === 'unified' && rule.groupBy.length > 0 && first?.labels.length === 0;
  if (first && isOfNone && first.kind === 'no_data') return forAll(first);
  return new Map(
    outcome.groups.map((group) => [group.labels.join('\0'), { labels: group.labels, result: group }]),
  );
}

function newInstance(
  { conditions: [condition] }: Rule,
  labels: readonly string[],
  { nowUs }: StepTime,
): RuleInstance {
  return {
    labels,
    state: initialRuleState,
    enteredUs: nowUs,
    told: nothingTold,
    worst: undefined,
    condition,
    missed: 0,
  };
}

function stepInstance(rule: Rule, known: RuleInstance, result: Result, { atUs, nowUs }: StepTime) {
  const state = stepRule(rule, known.state, result === 'error' ? 'error' : result.kind, atUs);
  const { told, notice } = noticeOf(known.told, state);
  const instance: RuleInstance = {
    ...known,
    ...{ state, told, missed: 0 },
    enteredUs: state.name === known.state.name ? known.enteredUs : nowUs,
    ...(result === 'error' ? { worst: undefined } : { worst: result.worst, condition: result.condition }),
  };
  return { instance, notice };
}

/** One that is missing while others are there: it stays for a while, then it is resolved, whatever it was. */
function goneInstance(rule: Rule, known: RuleInstance, { atUs, nowUs }: StepTime) {
  const missed = known.missed + 1;
  // What stood for all, as long as there were none, is over when there are some.
  const isOver = missed >= missingToResolve || (known.labels.length === 0 && rule.groupBy.length > 0);
  if (!isOver) return { instance: { ...known, missed }, notice: undefined, isOver };
  const state: RuleState = { name: 'ok', reason: 'MissingSeries', sinceUs: atUs };
  const { told, notice } = noticeOf(known.told, state);
  return { instance: { ...known, state, told, missed, worst: undefined, enteredUs: nowUs }, notice, isOver };
}

/** Instances when time has passed that does not count. */
export function skipInstances(
  instances: ReadonlyMap<string, RuleInstance>,
  skippedUs: number,
): ReadonlyMap<string, RuleInstance> {
  return new Map(
    [...instances].map(([key, each]) => [key, { ...each, state: skipTime(each.state, skippedUs) }]),
  );
}

const bySeverity: readonly RuleStateName[] = [
  ...(['alerting', 'error', 'recovering', 'pending', 'no_data', 'ok', 'unknown'] as const),
];

/** The instance that stands for all of a rule: in the worst state, of several the one that is in it longest. */
export function worstInstance(instances: Iterable<RuleInstance>): RuleInstance | undefined {
  let worst: RuleInstance | undefined;
  for (const each of instances) {
    const difference = worst
      ? bySeverity.indexOf(each.state.name) - bySeverity.indexOf(worst.state.name)
      : -1;
    if (!worst || difference < 0 || (difference === 0 && each.enteredUs < worst.enteredUs)) worst = each;
  }
  return worst;
}
