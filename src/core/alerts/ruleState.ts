import type { AlertStateName } from './alertState';

/** Grafana's two state machines: the article's alert is legacy, new rules are unified. */
export const dialects = ['legacy', 'unified'] as const;

/** What no data may lead to. `NoData` has a state of its own; `KeepLast` is `keep_state` in the legacy dialect. */
export const noDataStates = ['NoData', 'Alerting', 'OK', 'KeepLast'] as const;

/** What a failure may lead to. The legacy dialect knows `Alerting` and `KeepLast`. */
export const execErrStates = ['Alerting', 'Error', 'OK', 'KeepLast'] as const;

/** What no data leads to. */
export type NoDataState = (typeof noDataStates)[number];

/** What a rule says of how states follow each other. Durations are microseconds. */
export interface StateRules {
  readonly dialect: (typeof dialects)[number];
  /** How long it must fire before it alerts. */
  readonly forUs: number;
  /** How long it must not fire before it is resolved; of no meaning in the legacy dialect. */
  readonly keepFiringForUs: number;
  readonly noDataState: NoDataState;
  readonly execErrState: (typeof execErrStates)[number];
}

/** What one evaluation gives. */
export type EvaluationKind = 'ok' | 'firing' | 'no_data' | 'error';

/** States of Grafana's alerts, legacy and unified, and `unknown` before the first evaluation. */
export type RuleStateName = AlertStateName | 'pending' | 'recovering' | 'error';

/** Why a state is what it is, when the values alone do not say. */
export type StateReason = '' | 'NoData' | 'Error' | 'NoData, KeepLast' | 'Error, KeepLast' | 'MissingSeries';

/** Where one series of a rule stands. */
export interface RuleState {
  readonly name: RuleStateName;
  readonly reason: StateReason;
  /** The time of evaluation from which `for` and `keepFiringFor` count, in microseconds. */
  readonly sinceUs: number;
}

/** Before the first evaluation; as Grafana's, it follows the rules of the normal state. */
export const initialRuleState: RuleState = { name: 'unknown', reason: '', sinceUs: 0 };

/** One evaluation's step, at the evaluation's time. */
export function stepRule(
  rule: StateRules,
  state: RuleState,
  result: EvaluationKind,
  atUs: number,
): RuleState {
  const name =
    rule.dialect === 'legacy' ? legacy(rule, state, result, atUs) : unified(rule, state, result, atUs);
  const reason = reasonOf(rule, name, result);
  // Grafana's legacy alert that becomes alerting after pending counts from then, as the unified one does.
  return { name, reason, sinceUs: name === state.name ? state.sinceUs : atUs };
}

/** The state when time has passed that does not count, as when the computer slept. */
export function skipTime(state: RuleState, skippedUs: number): RuleState {
  return { ...state, sinceUs: state.sinceUs + skippedUs };
}

/** Whether something is wrong in a state, or was until just now. */
export function isAlarming({ name }: Pick<RuleState, 'name'>): boolean {
  return name === 'alerting' || name === 'recovering' || name === 'error';
}

/** error, else firing, else no data, else ok; then `for`, which legacy alerts exceed. */
function legacy(rule: StateRules, state: RuleState, result: EvaluationKind, atUs: number): RuleStateName {
  const wish = legacyWish(rule, state, result);
  if (wish !== 'alerting' || rule.forUs === 0 || state.name === 'alerting') return wish;
  return state.name === 'pending' && atUs - state.sinceUs > rule.forUs ? 'alerting' : 'pending';
}

function legacyWish(rule: StateRules, state: RuleState, result: EvaluationKind): RuleStateName {
  switch (result) {
    case 'error':
      return rule.execErrState === 'KeepLast' ? state.name : 'alerting';
    case 'firing':
      return 'alerting';
    case 'no_data':
      if (rule.noDataState === 'KeepLast') return state.name;
      return rule.noDataState === 'NoData' ? 'no_data' : rule.noDataState === 'OK' ? 'ok' : 'alerting';
    case 'ok':
      return 'ok';
  }
}

function unified(rule: StateRules, state: RuleState, result: EvaluationKind, atUs: number): RuleStateName {
  switch (result) {
    case 'ok':
      return whenNormal(rule, state, atUs);
    case 'firing':
      return whenAlerting(rule, state, atUs);
    case 'no_data':
      return rule.noDataState === 'NoData' ? 'no_data' : asConfigured(rule.noDataState, rule, state, atUs);
    case 'error':
      return rule.execErrState === 'Error' ? 'error' : asConfigured(rule.execErrState, rule, state, atUs);
  }
}

function asConfigured(
  wish: 'Alerting' | 'OK' | 'KeepLast',
  rule: StateRules,
  state: RuleState,
  atUs: number,
): RuleStateName {
  if (wish === 'Alerting') return whenAlerting(rule, state, atUs);
  if (wish === 'OK') return whenNormal(rule, state, atUs);
  switch (state.name) {
    case 'alerting':
      return 'alerting';
    case 'pending':
      return atUs - state.sinceUs >= rule.forUs ? 'alerting' : 'pending';
    default:
      return whenNormal(rule, state, atUs);
  }
}

function whenNormal({ keepFiringForUs }: StateRules, state: RuleState, atUs: number): RuleStateName {
  switch (state.name) {
    case 'alerting':
      return keepFiringForUs > 0 ? 'recovering' : 'ok';
    case 'recovering':
      return atUs - state.sinceUs >= keepFiringForUs ? 'ok' : 'recovering';
    default:
      return 'ok';
  }
}

function whenAlerting({ forUs }: StateRules, state: RuleState, atUs: number): RuleStateName {
  switch (state.name) {
    case 'alerting':
    case 'recovering':
      return 'alerting';
    case 'pending':
      return atUs - state.sinceUs >= forUs ? 'alerting' : 'pending';
    default:
      return forUs > 0 ? 'pending' : 'alerting';
  }
}

/** Only where the state is not what the result is called. */
function reasonOf(rule: StateRules, name: RuleStateName, result: EvaluationKind): StateReason {
  if (result === 'no_data' && name !== 'no_data')
    return rule.noDataState === 'KeepLast' ? 'NoData, KeepLast' : 'NoData';
  if (result === 'error' && name !== 'error')
    return rule.execErrState === 'KeepLast' ? 'Error, KeepLast' : 'Error';
  return '';
}
