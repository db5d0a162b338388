import type { RuleStateName, StateReason } from './ruleState';

/** A time during which a rule was in one state. */
export interface StatePeriod {
  readonly name: RuleStateName;
  readonly reason: StateReason;
  /** Microseconds since the Unix epoch, by the clock on the wall. */
  readonly fromUs: number;
  /** `undefined` while it lasts. */
  readonly toUs: number | undefined;
  /** The value with which it began. */
  readonly value: number | undefined;
}

/** Most periods that are remembered of a rule. */
export const mostPeriods = 100;

/** A window that was reloaded goes on with the state that it had. */
const sameStateUs = 120_000_000;

/** The history of a rule after it entered a state, or stayed in it: the last period ends, a new one begins. */
export function enterState(
  history: readonly StatePeriod[],
  { name, reason }: Pick<StatePeriod, 'name' | 'reason'>,
  value: number | undefined,
  nowUs: number,
): readonly StatePeriod[] {
  const last = history.at(-1);
  if (last && last.name === name && last.reason === reason) {
    if (last.toUs === undefined) return history;
    if (Math.abs(nowUs - last.toUs) <= sameStateUs)
      return [...history.slice(0, -1), { ...last, toUs: undefined }];
  }
  return [...endState(history, nowUs), { name, reason, fromUs: nowUs, toUs: undefined, value }].slice(
    -mostPeriods,
  );
}

/** The history when nobody looks any more: its last period ends. */
export function endState(history: readonly StatePeriod[], nowUs: number): readonly StatePeriod[] {
  const last = history.at(-1);
  if (!last || last.toUs !== undefined) return history;
  // A clock that was set back must not give a period a negative length.
  return [...history.slice(0, -1), { ...last, toUs: Math.max(last.fromUs, nowUs) }];
}
