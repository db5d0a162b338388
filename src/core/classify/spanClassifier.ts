import { nameMatcher } from '../archive/nameMatcher';
import type { AttributeValue, SpanKind } from '../trace/span';
import type { ClassifyRule } from './classifyRule';
import type { Convention } from './convention';
import { hostConventions } from './hostConventions';
import { modelConventions } from './modelConventions';
import { nameClass } from './nameClass';
import { queueConventions } from './queueConventions';
import { rpcConventions } from './rpcConventions';
import type { OwnClass } from './spanClass';
import { storageConventions } from './storageConventions';

/** What is looked at of a span. */
export interface SpanFacts {
  readonly name: string;
  readonly service: string;
  readonly kind: SpanKind;
  /** Those of the asked keys that the span has, and others as well, if that is easier. */
  attributesIn(keys: ReadonlySet<string>): Iterable<readonly [key: string, value: AttributeValue]>;
}

const conventions: readonly Convention[] = [
  ...modelConventions,
  ...storageConventions,
  ...queueConventions,
  ...rpcConventions,
  ...hostConventions,
];
const ranks = new Map(conventions.map(({ attribute }, rank) => [attribute, rank]));
const longestValue = 1024;
const maxNames = 2000;

/** A rule that is ready to be asked. */
interface ReadyRule {
  readonly as: OwnClass;
  holds(facts: SpanFacts, attributes: ReadonlyMap<string, AttributeValue>): boolean;
}

/**
 * Says what spans are: by the user's rules, the first that holds; else by conventions, old and new; else by what they are called; else by their
 * kind. A server that says no more is what the call is that it answers.
 */
export class SpanClassifier {
  readonly #rules: readonly ReadyRule[];
  readonly #keys: ReadonlySet<string>;
  readonly #names = new Map<string, OwnClass>();

  constructor(rules: readonly ClassifyRule[] = []) {
    this.#rules = rules.map(readyRule);
    this.#keys = new Set([...ranks.keys(), ...rules.flatMap(({ match }) => match.attribute ?? [])]);
  }

  /** Whether an attribute can say anything. */
  looksAt(key: string): boolean {
    return this.#keys.has(key);
  }

  /** What a span alone says of itself. */
  ownClass(facts: SpanFacts): OwnClass {
    let best: OwnClass;
    let bestRank = Number.POSITIVE_INFINITY;
    const attributes = this.#rules.length > 0 ? new Map<string, AttributeValue>() : undefined;
    for (const [key, value] of facts.attributesIn(this.#keys)) {
      attributes?.set(key, value);
      const rank = ranks.get(key);
      if (rank === undefined || rank >= bestRank) continue;
      const means = conventions[rank]?.means(String(value).slice(0, longestValue).toLowerCase());
      if (means === undefined || (means === 'call' && best !== undefined)) continue;
      best = means;
      bestRank = means === 'call' ? Number.POSITIVE_INFINITY : rank;
    }
    const rule = attributes && this.#rules.find(({ holds }) => holds(facts, attributes));
    return rule ? rule.as : this.#byKind(facts, best);
  }

  #byKind({ kind, name }: SpanFacts, said: OwnClass): OwnClass {
    if (said !== undefined && said !== 'call') return said;
    if (kind === 'server') return undefined;
    // What a message is for once it has come is the program's own work.
    if (kind === 'consumer') return 'application';
    const byName = this.#byName(name);
    if (byName !== undefined) return byName;
    if (kind === 'producer') return 'queue';
    return kind === 'client' ? 'call' : said;
  }

  /** Names repeat, and are few. */
  #byName(name: string): OwnClass {
    if (this.#names.has(name)) return this.#names.get(name);
    if (this.#names.size >= maxNames) this.#names.clear();
    const means = nameClass(name);
    this.#names.set(name, means);
    return means;
  }
}

function readyRule({ match, as }: ClassifyRule): ReadyRule {
  const fits = (pattern: string | undefined) => (pattern === undefined ? () => true : nameMatcher([pattern]));
  const [fitsName, fitsService, fitsValue] = [fits(match.name), fits(match.service), fits(match.value)];
  return {
    as,
    holds: ({ name, service, kind }, attributes) => {
      if (!fitsName(name) || !fitsService(service)) return false;
      if (match.kind !== undefined && match.kind !== kind) return false;
      if (match.attribute === undefined) return true;
      const value = attributes.get(match.attribute);
      return value !== undefined && fitsValue(String(value).slice(0, longestValue));
    },
  };
}
