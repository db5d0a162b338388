import { setImmediate as breathe } from 'node:timers/promises';
import type { SpanBlock } from '../core/columns/spanBlock';
import type { DecodeProblem } from '../core/decode/decodeProblem';
import { type HumanError, isHumanError } from '../core/humanError';
import type { InferenceDefinition } from '../core/trace/inference';
import { throwIfCancelled } from './cancellation';
import type { JaegerClient } from './jaegerClient';
import { PollWindows } from './pollWindows';
import { traced } from './selfTracing';
import { isServiceFailure } from './serverWideFailure';
import { ServiceDiscovery, type WatchedService } from './serviceDiscovery';

const mostRemembered = 10_000;
const smallestLimit = 10;

/** What to watch, and how often. */
export interface PollerSettings {
  /** Services to watch; none: those that have inferences are found. */
  readonly services: readonly string[];
  /** What counts as an inference; its span name is searched for. */
  readonly inference: InferenceDefinition;
  readonly intervalMs: number;
  /** How far back the first poll looks, in microseconds. */
  readonly lookbackUs: number;
  /** Most traces asked for, by service and poll. */
  readonly limit: number;
}

/** What a round is made of. */
export interface PollRoundOptions {
  readonly client: Pick<JaegerClient, 'services' | 'operations' | 'search'>;
  readonly settings: PollerSettings;
  readonly nowMs: () => number;
  /** Gets what came or changed, block by block, so that the event loop breathes in between; a block without traces may bring problems. */
  readonly onBlock: (block: SpanBlock | undefined, problems: readonly DecodeProblem[]) => void;
}

/** How a round went. */
export interface RoundResult {
  readonly services: readonly string[];
  readonly leftOutServices: readonly string[];
  readonly sampledServices: readonly string[];
  /** Different problems since the beginning. */
  readonly problemCount: number;
}

/** Asks all watched services once, one after the other, and remembers between rounds what was asked already. */
export class PollRound {
  readonly #options: PollRoundOptions;
  readonly #discovery: ServiceDiscovery;
  readonly #windows: PollWindows;
  readonly #limits = new Map<string, number>();
  readonly #seenProblems = new Set<string>();

  constructor(options: PollRoundOptions) {
    const { client, settings, nowMs } = options;
    this.#options = options;
    this.#discovery = new ServiceDiscovery({ client, nowMs, ...settings });
    this.#windows = new PollWindows(settings.lookbackUs, settings.intervalMs);
  }

  /** Runs one round. A service that fails does not keep the others from being asked; throws when all or the server fail. */
  run(signal: AbortSignal): Promise<RoundResult> {
    return traced('whyspan.poll', {}, async () => {
      const { watched, leftOut } = await this.#discovery.plan(signal);
      const sampled: string[] = [];
      const failures: HumanError[] = [];
      for (const service of watched) {
        throwIfCancelled(signal);
        try {
          if (await this.#ask(service, signal)) sampled.push(service.name);
        } catch (error) {
          if (!isServiceFailure(error)) throw error;
          failures.push(error);
          await this.#deliver(
            [],
            [{ what: `a service could not be asked (${error.kind})`, where: service.name }],
          );
        }
      }
      const [first] = failures;
      if (first && failures.length === watched.length) throw first;
      return {
        services: watched.map(({ name }) => name),
        leftOutServices: leftOut,
        sampledServices: sampled,
        problemCount: this.#seenProblems.size,
      };
    });
  }

  /** Asks one service for what is new; whether the answer was a sample. */
  async #ask({ name, operation }: WatchedService, signal: AbortSignal): Promise<boolean> {
    const { client, settings, nowMs } = this.#options;
    const nowUs = nowMs() * 1000;
    const limit = this.#limits.get(name) ?? settings.limit;
    try {
      const search = { service: name, operation, ...this.#windows.next(name, nowUs), limit };
      const answer = await client.search(search, signal, true);
      for (const { traces } of answer.blocks)
        for (const [i, end] of traces.endTimeUs.entries())
          this.#windows.saw(end - (traces.startTimeUs[i] ?? end));
      if (!answer.isPartial) this.#windows.complete(name, nowUs);
      await this.#deliver(answer.blocks, answer.problems);
      return answer.isSample;
    } catch (error) {
      // Too much at once: next time half of it, and so on until it fits.
      if (isHumanError(error) && error.kind === 'too-large')
        this.#limits.set(name, Math.max(smallestLimit, Math.floor(limit / 2)));
      throw error;
    }
  }

  /** Problems come again with each overlap, but are told once. */
  async #deliver(blocks: readonly SpanBlock[], problems: readonly DecodeProblem[]): Promise<void> {
    const fresh = problems.filter(({ what, where }) => {
      const key = `${what} ${where}`;
      if (this.#seenProblems.has(key) || this.#seenProblems.size >= mostRemembered) return false;
      this.#seenProblems.add(key);
      return true;
    });
    const [first, ...others] = blocks;
    if (first || fresh.length > 0) this.#options.onBlock(first, fresh);
    for (const block of others) {
      await breathe();
      this.#options.onBlock(block, []);
    }
  }
}
