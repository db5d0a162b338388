import type { RuleInstance } from '../../core/alerts/ruleRun';
import type { RuleState, RuleStateName, StateReason } from '../../core/alerts/ruleState';
import { mostPeriods, type StatePeriod } from '../../core/alerts/stateHistory';
import { asArray, asObject, asString, own } from '../../core/decode/jsonValue';

/** What is written of a rule. */
export interface WrittenRule {
  readonly history: readonly StatePeriod[];
  readonly instances: readonly Pick<RuleInstance, 'labels' | 'state' | 'enteredUs' | 'told'>[];
}

const names = ['unknown', 'ok', 'pending', 'alerting', 'recovering', 'no_data', 'error'] as const;
const reasons = ['', 'NoData', 'Error', 'NoData, KeepLast', 'Error, KeepLast', 'MissingSeries'] as const;

/** What was written by a window before, as far as it can be read; `undefined` for nothing, or another version. */
export function decodeKeptStates(
  value: unknown,
  version: number,
): { readonly savedAtMs: number; readonly rules: ReadonlyMap<string, WrittenRule> } | undefined {
  const kept = asObject(value);
  const savedAtMs = kept && own(kept, 'savedAtMs');
  const rules = kept && asObject(own(kept, 'rules'));
  if (!rules || own(kept, 'version') !== version || typeof savedAtMs !== 'number') return undefined;
  return { savedAtMs, rules: new Map(Object.entries(rules).map(([uid, rule]) => [uid, ruleOf(rule)])) };
}

function ruleOf(value: unknown): WrittenRule {
  const rule = asObject(value) ?? {};
  return {
    history: asArray(own(rule, 'history')).flatMap(periodOf).slice(-mostPeriods),
    instances: asArray(own(rule, 'instances')).flatMap(instanceOf),
  };
}

function periodOf(value: unknown): StatePeriod | [] {
  const period = asObject(value) ?? {};
  const [name, fromUs, toUs] = [nameOf(period), own(period, 'fromUs'), own(period, 'toUs')];
  if (!name || typeof fromUs !== 'number') return [];
  return {
    name,
    reason: reasonOf(period),
    fromUs,
    toUs: numberOf(toUs),
    value: numberOf(own(period, 'value')),
  };
}

function instanceOf(value: unknown): WrittenRule['instances'][number] | [] {
  const instance = asObject(value) ?? {};
  const state = stateOf(own(instance, 'state'));
  const enteredUs = own(instance, 'enteredUs');
  const told = asObject(own(instance, 'told')) ?? {};
  if (!state || typeof enteredUs !== 'number') return [];
  return {
    labels: asArray(own(instance, 'labels')).flatMap((each) => asString(each) ?? []),
    ...{ state, enteredUs },
    told: { isFiring: own(told, 'isFiring') === true, isOutage: own(told, 'isOutage') === true },
  };
}

function stateOf(value: unknown): RuleState | undefined {
  const state = asObject(value) ?? {};
  const [name, sinceUs] = [nameOf(state), own(state, 'sinceUs')];
  return name && typeof sinceUs === 'number' ? { name, reason: reasonOf(state), sinceUs } : undefined;
}

function nameOf(object: Readonly<Record<string, unknown>>): RuleStateName | undefined {
  return names.find((name) => name === own(object, 'name'));
}

function reasonOf(object: Readonly<Record<string, unknown>>): StateReason {
  return reasons.find((reason) => reason === own(object, 'reason')) ?? '';
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
