import { isModelCallName } from '../core/genai/modelCall';
import { findInferences } from '../core/trace/findInferences';
import type { InferenceDefinition } from '../core/trace/inference';
import type { JaegerClient } from './jaegerClient';
import { isServiceFailure } from './serverWideFailure';

const mostWatched = 10;
const mostAskedAtOnce = 100;
const mostSearchedAtOnce = 10;
const sampleLimit = 20;
const firstWaitMs = 10_000;
const longestWaitMs = 10 * 60_000;
const jaegerItself: ReadonlySet<string> = new Set(['jaeger', 'jaeger-query', 'jaeger-all-in-one']);

/** A service to watch, and the span name to search for; without one, all its traces are looked at. */
export interface WatchedService {
  readonly name: string;
  readonly operation: string | undefined;
}

/** Which services to watch. */
export interface WatchPlan {
  readonly watched: readonly WatchedService[];
  /** Services with inferences that are too many to watch. */
  readonly leftOut: readonly string[];
}

/** What discovery needs. */
export interface DiscoveryOptions {
  readonly client: Pick<JaegerClient, 'services' | 'operations' | 'search'>;
  /** Services the user chose; none: find them. */
  readonly services: readonly string[];
  readonly inference: InferenceDefinition;
  readonly lookbackUs: number;
  readonly nowMs: () => number;
}

interface Known {
  /** By the span name, by what else says it (attributes of a few recent traces, operations of language models), or not at all (yet). */
  readonly inferences: 'named' | 'attributes' | 'none';
  readonly askAgainAtMs: number;
  readonly waitMs: number;
}

/**
 * Finds out which services have inferences. Each is asked for its operations once; those that lack the inference span
 * are asked again, after 10 s, 20 s, … up to 10 min, because a service often reports other spans first. Only while no
 * service has that span name are those with calls of language models (`chat gpt-4o`) watched, and 20 recent traces of each looked through for the attributes (Jaeger can't search for
 * the existence of one), ten services at a time and on the same schedule. A watched service stays watched, and is not
 * pushed out by a new one. Services that the user chose are all watched; they are asked only for the span name.
 */
export class ServiceDiscovery {
  readonly #options: DiscoveryOptions;
  /** In the order in which they were found: that is who is watched first. */
  readonly #known = new Map<string, Known>();

  constructor(options: DiscoveryOptions) {
    this.#options = options;
  }

  /** Looks at what is new, one request after the other, and says what to watch. Throws when the server fails. */
  async plan(signal: AbortSignal): Promise<WatchPlan> {
    const { services: chosen, client } = this.#options;
    const isChosen = chosen.length > 0;
    const present = isChosen
      ? chosen
      : (await client.services(signal)).filter((name) => !jaegerItself.has(name));
    for (const name of [...this.#known.keys()]) if (!present.includes(name)) this.#known.delete(name);
    const due = this.#due(present);
    for (const name of due) await this.#askOperations(name, signal);
    if (isChosen) return { watched: chosen.map((name) => this.#watched(name)), leftOut: [] };
    if (this.#having('named').length === 0) await this.#searchAttributes(due, signal);
    const named = this.#having('named');
    const all = named.length > 0 ? named : this.#having('attributes');
    const watched = all.slice(0, mostWatched).map((name) => this.#watched(name));
    return { watched, leftOut: all.slice(mostWatched) };
  }

  #due(present: readonly string[]): readonly string[] {
    const now = this.#options.nowMs();
    const isDue = (name: string) => {
      const known = this.#known.get(name);
      return known === undefined || (known.inferences !== 'named' && known.askAgainAtMs <= now);
    };
    return present.filter(isDue).slice(0, mostAskedAtOnce);
  }

  async #askOperations(name: string, signal: AbortSignal): Promise<void> {
    const { client, inference } = this.#options;
    try {
      const operations = await client.operations(name, signal);
      const isNamed = operations.some((operation) => operation.name === inference.spanName);
      const isOther = operations.some((operation) => isModelCallName(operation.name));
      const otherwise = isOther ? 'attributes' : (this.#known.get(name)?.inferences ?? 'none');
      this.#remember(name, isNamed ? 'named' : otherwise);
    } catch (error) {
      if (!isServiceFailure(error)) throw error;
      this.#remember(name, this.#known.get(name)?.inferences ?? 'none');
    }
  }

  async #searchAttributes(due: readonly string[], signal: AbortSignal): Promise<void> {
    const { client, inference, lookbackUs, nowMs } = this.#options;
    const nowUs = nowMs() * 1000;
    const unseen = due.filter((name) => this.#known.get(name)?.inferences === 'none');
    for (const service of unseen.slice(mostSearchedAtOnce)) this.#known.delete(service);
    for (const service of unseen.slice(0, mostSearchedAtOnce)) {
      try {
        const search = { service, startUs: nowUs - lookbackUs, endUs: nowUs, limit: sampleLimit };
        const { traces } = await client.search(search, signal);
        const spans = traces.flatMap((trace) => findInferences(trace, inference).map(({ span }) => span));
        const known = this.#known.get(service);
        if (known && spans.some((span) => span.service === service))
          this.#known.set(service, { ...known, inferences: 'attributes' });
      } catch (error) {
        if (!isServiceFailure(error)) throw error;
      }
    }
  }

  #remember(name: string, inferences: Known['inferences']): void {
    const before = this.#known.get(name);
    const waitMs = before ? Math.min(longestWaitMs, before.waitMs * 2) : firstWaitMs;
    // Anew at the end: who has it longest is watched first.
    if (inferences !== before?.inferences) this.#known.delete(name);
    this.#known.set(name, { inferences, waitMs, askAgainAtMs: this.#options.nowMs() + waitMs });
  }

  #having(inferences: Known['inferences']): readonly string[] {
    return [...this.#known].filter(([, known]) => known.inferences === inferences).map(([name]) => name);
  }

  #watched(name: string): WatchedService {
    const isNamed = this.#known.get(name)?.inferences === 'named';
    return { name, operation: isNamed ? this.#options.inference.spanName : undefined };
  }
}
