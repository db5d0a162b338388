import { longestSpans } from '../core/columns/longestSpans';
import { isWhole, type Stratum } from '../core/sampling/stratum';
import { quantile } from '../core/statistics/quantile';
import type { JaegerClient } from './jaegerClient';
import type { PollWindow } from './pollWindows';
import type { WatchedService } from './serviceDiscovery';
import type { TraceAnswer } from './traceAnswer';
import { WindowSplitter } from './windowSplitter';

/** What is asked of a service in one round. */
export interface SampleRequest {
  readonly service: WatchedService;
  readonly window: PollWindow;
  readonly nowUs: number;
  readonly limit: number;
  /** Most requests. */
  readonly budget: number;
  /** What takes so long must not be missed, in microseconds, as far as anybody said. */
  readonly slowUs: number | undefined;
  readonly signal: AbortSignal;
}

/** What came of it. */
export interface SampledWindow {
  /** What is known of the window, in the order of time. */
  readonly strata: readonly Stratum[];
  /** What must be asked for again: the window, as a connection was lost, or all, as the server was found to keep a limit to itself. */
  readonly again: 'nothing' | 'window' | 'all';
}

/** What a sampler is made of. */
export interface ServiceSamplerOptions {
  readonly client: Pick<JaegerClient, 'search'>;
  /** Gets what came, as it comes. */
  readonly accept: (answer: TraceAnswer) => Promise<void>;
  readonly seed: number;
}

/** Requests that are kept back for the slowest, of so many at most. */
const slowReserve = 3;
/** Fewer traces in an answer say nothing about a hidden limit. */
const leastSuspect = 10;
/** The next poll asks for the last minutes: how much there is in these is what matters, whatever was before. */
const recentUs = 120_000_000;
/** Durations from which the slowest can be told. */
const leastDurations = 50;

/**
 * Asks for what a service did in a window, as often as the budget allows, and remembers between rounds what makes that cheap: how many
 * traces there are in a time, from which duration on the slowest fit in one answer, and a limit that the server keeps to itself.
 */
export class ServiceSampler {
  readonly #options: ServiceSamplerOptions;
  #densityPerUs: number | undefined;
  #slowUs: number | undefined;
  /** How many traces the last window had that came in one answer; the same number again may be a limit. */
  #lastCount: number | undefined;
  #honestCount: number | undefined;
  #hiddenLimit = Number.POSITIVE_INFINITY;

  constructor(options: ServiceSamplerOptions) {
    this.#options = options;
  }

  /** Throws what the client throws; what had come by then was passed on. */
  async sample(request: SampleRequest): Promise<SampledWindow> {
    const { window, limit, budget, nowUs, service } = request;
    const durations: number[] = [];
    const of = { service: service.name, operation: service.operation };
    const splitter = new WindowSplitter({
      ask: ({ fromUs, toUs }) => this.#search(request, { startUs: fromUs, endUs: toUs }),
      accept: async (answer) => {
        for (const block of answer.blocks)
          for (const duration of longestSpans(block, of)) durations.push(duration);
        await this.#options.accept(answer);
      },
      limit: Math.min(limit, this.#hiddenLimit),
      densityPerUs: this.#densityPerUs,
      suspectCount: budget < 3 || this.#lastCount === this.#honestCount ? undefined : this.#lastCount,
      ...{ seed: this.#options.seed, nowUs, budget },
    });
    const reserve = Math.min(slowReserve, Math.floor(budget / 4));
    const strata = await splitter.split({ fromUs: window.startUs, toUs: window.endUs }, reserve);
    const isUnmasked = this.#learn(strata, request);
    const slowUs = strata.every(isWhole)
      ? Number.POSITIVE_INFINITY
      : await this.#askSlowest(request, splitter.left, this.#slowFrom(strata, durations, request));
    return {
      strata: strata.map((stratum) => ({ ...stratum, slowUs })),
      again: isUnmasked ? 'all' : splitter.isPartial ? 'window' : 'nothing',
    };
  }

  /** Remembers what the window was like; whether the server turns out to have cut an answer that looked whole. */
  #learn(strata: readonly Stratum[], { nowUs, limit }: SampleRequest): boolean {
    const total = strata.reduce((sum, { count, weight }) => sum + count * weight, 0);
    const suspect = this.#lastCount;
    const [first] = strata;
    const isOne = strata.length === 1 && first !== undefined && isWhole(first);
    this.#densityPerUs = isOne || total < limit ? undefined : recentDensity(strata, nowUs);
    this.#lastCount = isOne && first.count >= leastSuspect ? first.count : undefined;
    if (isOne || suspect === undefined) return false;
    // At most one trace that began at the very cut is in both halves.
    const isUnmasked = total > suspect + 1;
    if (isUnmasked) this.#hiddenLimit = suspect;
    else if (strata.every(isWhole)) this.#honestCount = this.#lastCount = suspect;
    return isUnmasked;
  }

  /** From which durations on to ask for the slowest, the shortest first: where half an answer is to be expected, and what was named. */
  #slowFrom(
    strata: readonly Stratum[],
    durations: readonly number[],
    { limit, slowUs }: SampleRequest,
  ): readonly number[] {
    const total = strata.reduce((sum, { count, weight }) => sum + count * weight, 0);
    const share = limit / 2 / Math.max(limit, total);
    const seen = durations.length < leastDurations ? this.#slowUs : quantile(durations, 1 - share);
    return [seen, slowUs].filter((us) => us !== undefined).sort((one, other) => one - other);
  }

  /** Asks for the slowest of the whole window, and for fewer of them as long as they do not come whole; from which duration on they all came. */
  async #askSlowest(request: SampleRequest, budget: number, fromUs: readonly number[]): Promise<number> {
    const { service, window, limit } = request;
    const of = { service: service.name, operation: service.operation };
    const next = [...fromUs];
    for (let left = budget; left > 0; left--) {
      const slowUs = next.shift();
      if (slowUs === undefined) break;
      const answer = await this.#search(request, { ...window, minDurationUs: slowUs }, false);
      if (answer.isPartial) break;
      if (!answer.isSample && answer.count < Math.min(limit, this.#hiddenLimit)) {
        await this.#options.accept(answer);
        this.#slowUs = slowUs;
        return slowUs;
      }
      const longer =
        quantile(
          answer.blocks.flatMap((block) => longestSpans(block, of)),
          0.75,
        ) ?? slowUs;
      if (next.length === 0 && longer > slowUs) next.push(longer);
    }
    return Number.POSITIVE_INFINITY;
  }

  #search(
    { service, limit, signal }: SampleRequest,
    more: PollWindow & { readonly minDurationUs?: number },
    isOnlyChanged = true,
  ): Promise<TraceAnswer> {
    const search = { service: service.name, operation: service.operation, ...more, limit };
    return this.#options.client.search(search, signal, isOnlyChanged);
  }
}

/** Traces that began in a microsecond, in the last two minutes or what is known of them; `undefined` when there were none. */
function recentDensity(strata: readonly Stratum[], nowUs: number): number | undefined {
  let [total, width] = [0, 0];
  for (const { fromUs, toUs, count, weight } of strata) {
    const within = Math.min(toUs, nowUs) - Math.max(fromUs, nowUs - recentUs);
    if (within <= 0) continue;
    total += (count * weight * within) / (toUs - fromUs);
    width += within;
  }
  return total > 0 ? total / width : undefined;
}
