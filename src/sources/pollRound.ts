import { setImmediate as breathe } from 'node:timers/promises';
import type { SpanBlock } from '../core/columns/spanBlock';
import type { DecodeProblem } from '../core/decode/decodeProblem';
import { type HumanError, isHumanError } from '../core/humanError';
import type { Stratum } from '../core/sampling/stratum';
import type { InferenceDefinition } from '../core/trace/inference';
import { throwIfCancelled } from './cancellation';
import type { JaegerClient } from './jaegerClient';
import { PollWindows } from './pollWindows';
import { traced } from './selfTracing';
import { isServiceFailure } from './serverWideFailure';
import { ServiceDiscovery, type WatchedService } from './serviceDiscovery';
import { ServiceSampler } from './serviceSampler';
import type { TraceAnswer } from './traceAnswer';

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
  /** Most traces asked for at once. */
  readonly limit: number;
  /** Most requests for traces, by service and poll. */
  readonly requestBudget: number;
}

/** What a round is made of. */
export interface PollRoundOptions {
  readonly client: Pick<JaegerClient, 'services' | 'operations' | 'search'>;
  readonly settings: PollerSettings;
  readonly nowMs: () => number;
  /** Gets what came or changed, block by block, so that the event loop breathes in between; a block without traces may bring problems. */
  readonly onBlock: (block: SpanBlock | undefined, problems: readonly DecodeProblem[]) => void;
  /** Gets what is known of a time of a service, after what came of it. */
  readonly onWindow: (service: string, strata: readonly Stratum[]) => void;
  /** How long what must not be missed takes, in microseconds, when anybody said so. */
  readonly slowUs?: () => number | undefined;
  /** Decides which parts of the time are asked for where not all can be. */
  readonly seed: number;
}

/** How a round went. */
export interface RoundResult {
  readonly services: readonly string[];
  readonly leftOutServices: readonly string[];
  /** Different problems since the beginning. */
  readonly problemCount: number;
}

/** Asks all watched services once, one after the other, and remembers between rounds what was asked already. */
export class PollRound {
  readonly #options: PollRoundOptions;
  readonly #discovery: ServiceDiscovery;
  readonly #windows: PollWindows;
  readonly #samplers = new Map<string, ServiceSampler>();
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
      const failures: HumanError[] = [];
      for (const service of watched) {
        throwIfCancelled(signal);
        try {
          await this.#ask(service, signal);
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
        problemCount: this.#seenProblems.size,
      };
    });
  }

  /** Asks one service for what is new. */
  async #ask(service: WatchedService, signal: AbortSignal): Promise<void> {
    const { settings, nowMs, onWindow } = this.#options;
    const { name } = service;
    const nowUs = nowMs() * 1000;
    const limit = this.#limits.get(name) ?? settings.limit;
    const window = this.#windows.next(name, nowUs);
    const { requestBudget: budget } = settings;
    const request = { service, window, nowUs, limit, budget, slowUs: this.#options.slowUs?.(), signal };
    try {
      const { strata, again } = await this.#sampler(name).sample(request);
      if (again === 'nothing') this.#windows.complete(name, nowUs);
      else if (again === 'all') this.#windows.forget(name);
      onWindow(name, strata);
    } catch (error) {
      // Too much at once: next time half of it, and so on until it fits.
      if (isHumanError(error) && error.kind === 'too-large')
        this.#limits.set(name, Math.max(smallestLimit, Math.floor(limit / 2)));
      throw error;
    }
  }

  #sampler(service: string): ServiceSampler {
    let sampler = this.#samplers.get(service);
    if (!sampler) {
      sampler = new ServiceSampler({
        client: this.#options.client,
        accept: (answer) => this.#accept(answer),
        seed: this.#options.seed,
      });
      this.#samplers.set(service, sampler);
    }
    return sampler;
  }

  async #accept({ blocks, problems }: TraceAnswer): Promise<void> {
    for (const { traces } of blocks)
      for (const [i, end] of traces.endTimeUs.entries())
        this.#windows.saw(end - (traces.startTimeUs[i] ?? end));
    await this.#deliver(blocks, problems);
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
