import { asObject } from '../decode/jsonValue';
import { cleanText } from '../trace/cleanText';
import { type ConditionDefaults, decodeCondition } from './decodeCondition';
import { EntryReader } from './entryReader';
import { type MuteTiming, weekdays } from './muteTiming';
import type { Condition, Rule } from './rule';
import { dialects, execErrStates, noDataStates } from './ruleState';

const secondUs = 1_000_000;
const dayUs = 86_400 * secondUs;
/** Nobody writes more by hand, and each is evaluated. */
const mostRules = 1000;
const mostConditions = 20;

/** Rules as they are configured, and what could not be used. */
export interface DecodedRules {
  readonly rules: readonly Rule[];
  /** A sentence for each entry that is wrong. */
  readonly problems: readonly string[];
}

/** Rules of the entries of a setting. An entry with something wrong in it is left out and named: it would watch something else than is meant. */
export function decodeRules(entries: readonly unknown[], defaults: ConditionDefaults): DecodedRules {
  const rules: Rule[] = [];
  const problems: string[] = [];
  for (const [index, entry] of entries.slice(0, mostRules).entries()) {
    const fields = asObject(entry);
    if (!fields) {
      problems.push(`Alert rule ${index + 1} is left out: it is not an object in braces.`);
      continue;
    }
    const reader = new EntryReader(fields);
    const rule = decodeRule(reader, defaults);
    if (rules.some(({ uid }) => uid === rule.uid) || rule.uid === mainRuleUid)
      reader.reject('uid', `“${rule.uid}” is that of another rule`, undefined);
    const name = rule.name === '' ? String(index + 1) : `“${cleanText(rule.name, 80)}”`;
    if (reader.wrong.length > 0) problems.push(`Alert rule ${name} is left out: ${reader.wrong.join(', ')}.`);
    else rules.push(rule);
  }
  if (entries.length > mostRules)
    problems.push(`Of ${entries.length} alert rules, the first ${mostRules} are used.`);
  return { rules, problems };
}

/** The uid of the rule that `whyspan.alert.*` describes. */
export const mainRuleUid = 'main';

function decodeRule(reader: EntryReader, defaults: ConditionDefaults): Rule {
  const name = reader.text('name', '');
  if (name === '') reader.reject('name', 'is missing', undefined);
  const dialect = reader.oneOf('dialect', dialects, 'unified');
  const rule = {
    uid: reader.text('uid', '') || slug(name) || name,
    name,
    dialect,
    conditions: decodeConditions(reader, defaults),
    frequencyUs: reader.duration('frequency', 60 * secondUs, [secondUs, dayUs]),
    forUs: reader.duration('for', 0, [0, dayUs]),
    keepFiringForUs: reader.duration('keepFiringFor', 0, [0, dayUs]),
    noDataState: reader.oneOf('noDataState', noDataStates, 'NoData'),
    execErrState: reader.oneOf('execErrState', execErrStates, dialect === 'legacy' ? 'Alerting' : 'Error'),
    groupBy: reader.texts('groupBy', ['service']),
    muteTimings: reader.objects('muteTimings').map(decodeMuteTiming),
    isPaused: reader.flag('paused', false),
  };
  if (dialect === 'legacy' && (rule.execErrState === 'Error' || rule.execErrState === 'OK'))
    reader.reject('execErrState', 'of a legacy rule is Alerting or KeepLast', undefined);
  if (dialect === 'legacy' && rule.keepFiringForUs > 0)
    reader.reject('keepFiringFor', 'is known to unified rules only', undefined);
  for (const key of reader.unknown) reader.reject(cleanText(key, 40), 'is no field of a rule', undefined);
  return rule;
}

function decodeConditions(reader: EntryReader, defaults: ConditionDefaults): Rule['conditions'] {
  const entries = reader.objects('conditions');
  if (entries.length > mostConditions)
    reader.reject('conditions', `has more than ${mostConditions} entries`, undefined);
  // The rule's own fields are asked for in any case, so that they count as known.
  if (entries.length === 0) return [decodeCondition(reader, defaults)];
  const conditions = entries.slice(0, mostConditions).map((entry): Condition => {
    const own = entry.withDefaults(reader);
    const condition = decodeCondition(own, defaults);
    for (const key of own.unknown) own.reject(cleanText(key, 40), 'is no field of a condition', undefined);
    return condition;
  });
  for (const key of conditionFields) reader.raw(key);
  const [first, ...others] = conditions;
  return first ? [first, ...others] : [decodeCondition(reader, defaults)];
}

const conditionFields = [
  ...['signal', 'attribute', 'label', 'service', 'operation'],
  ...['reducer', 'window', 'evaluator', 'operator'],
];

function decodeMuteTiming(reader: EntryReader): MuteTiming {
  const days = reader.texts('weekdays', []).map((day) => day.toLowerCase());
  const known = weekdays.filter((day) => days.includes(day));
  if (known.length !== new Set(days).size)
    reader.reject('weekdays', `holds something else than ${weekdays.join(', ')}`, undefined);
  return {
    weekdays: known,
    fromMinute: minuteOf(reader, 'from', '00:00'),
    toMinute: minuteOf(reader, 'to', '24:00'),
  };
}

function minuteOf(reader: EntryReader, key: string, fallback: string): number {
  const match = /^([01]?\d|2[0-4]):([0-5]\d)$/.exec(reader.text(key, fallback));
  const minute = match ? Number(match[1]) * 60 + Number(match[2]) : Number.NaN;
  return minute <= 1440 ? minute : reader.reject(key, 'is not a time such as 22:00', 0);
}

/** A name as an id. */
function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80);
}
