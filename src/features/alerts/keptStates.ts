import type { Rule } from '../../core/alerts/rule';
import type { RuleInstance } from '../../core/alerts/ruleRun';
import { endState, type StatePeriod } from '../../core/alerts/stateHistory';
import type { Storage } from '../../platform/storage';
import { decodeKeptStates, type WrittenRule } from './decodeKeptStates';
import type { WatchedRule } from './watchedRule';

const key = 'whyspan.alerts.states';
const version = 1;
/** States that are older say nothing about now; histories do. */
const oldestStateMs = 10 * 60_000;
const leastPauseMs = 60_000;

/** What was kept of a rule. */
export interface KeptRule {
  readonly history: readonly StatePeriod[];
  readonly savedAtUs: number;
  /** Where its series stood, if that was not long ago. */
  instancesOf(rule: Rule): ReadonlyMap<string, RuleInstance>;
}

/** States and histories of rules, kept over reloads. */
export class KeptStates {
  readonly #storage: Storage;
  readonly #nowMs: () => number;
  readonly #read: ReturnType<typeof decodeKeptStates>;
  #written = '';
  #writtenAtMs = 0;

  constructor(storage: Storage, nowMs: () => number) {
    this.#storage = storage;
    this.#nowMs = nowMs;
    this.#read = decodeKeptStates(storage.get(key), version);
  }

  /** What was kept of a rule before this window was opened. */
  rule(uid: string): KeptRule | undefined {
    const written = this.#read?.rules.get(uid);
    if (!this.#read || !written) return undefined;
    const savedAtUs = this.#read.savedAtMs * 1000;
    const isRecent = Math.abs(this.#nowMs() - this.#read.savedAtMs) <= oldestStateMs;
    return {
      savedAtUs,
      history: endState(written.history, savedAtUs),
      instancesOf: (rule) => (isRecent ? instancesOf(rule, written) : new Map()),
    };
  }

  /** Keeps what rules are now; those that are gone are forgotten with the next ones that are kept. */
  async save(rules: readonly WatchedRule[]): Promise<void> {
    const entries = rules.map((watched) => [watched.rule.uid, writtenRule(watched)] as const);
    const text = JSON.stringify(entries);
    const savedAtMs = this.#nowMs();
    // What has not changed is kept as well, now and then: it was so until then.
    if (text === this.#written && Math.abs(savedAtMs - this.#writtenAtMs) < leastPauseMs) return;
    this.#written = text;
    this.#writtenAtMs = savedAtMs;
    const saved = { version, savedAtMs, rules: Object.fromEntries(entries) };
    await this.#storage.update(key, saved);
  }
}

function writtenRule({ history, instances }: WatchedRule) {
  return {
    history,
    instances: instances.map(({ labels, state, enteredUs, told }) => ({ labels, state, enteredUs, told })),
  };
}

function instancesOf(rule: Rule, { instances }: WrittenRule): ReadonlyMap<string, RuleInstance> {
  const [condition] = rule.conditions;
  return new Map(
    instances.map((each) => [each.labels.join('\0'), { ...each, condition, worst: undefined, missed: 0 }]),
  );
}
