import type { AlertRule } from '../../core/alerts/alertRule';
import type { Signal, SignalSource, SignalTimes } from '../../core/alerts/signalSource';
import { toServiceSeries } from '../../core/metrics/serviceSeries';
import type { Settings } from '../../platform/settings';
import type { JaegerClient } from '../../sources/jaegerClient';
import type { SourceStatus } from '../../sources/sourceStatus';
import { timesOfReduced } from './queryTimes';

/** Jaeger counts steps in no less. */
const shortestStepUs = 1_000_000;

/** What the source needs of the outside. */
export interface SpmSignalsOptions {
  readonly settings: () => Pick<Settings, 'metrics' | 'services' | 'inference'>;
  readonly status: () => SourceStatus;
  readonly client: () => Promise<Pick<JaegerClient, 'latencies'>>;
}

/** The span metrics of the connected Jaeger as a rule's source of values: a quantile of the inference span's duration, by service. */
export class SpmSignals implements SignalSource {
  readonly #options: SpmSignalsOptions;
  #known: readonly string[] = [];

  constructor(options: SpmSignalsOptions) {
    this.#options = options;
  }

  /** Jaeger must be asked for services by name, so it has to have told some. */
  standing(): 'ready' | 'waiting' {
    return this.#services().length > 0 ? 'ready' : 'waiting';
  }

  async ask({ windowUs }: AlertRule, times: SignalTimes, signal: AbortSignal): Promise<Signal> {
    const { metrics, inference } = this.#options.settings();
    const client = await this.#options.client();
    const stepUs = Math.max(shortestStepUs, times.stepUs);
    const question = {
      services: this.#services(),
      operation: inference.spanName,
      quantile: metrics.quantile,
      windowUs,
      ...timesOfReduced({ ...times, stepUs }),
    };
    const { series } = await client.latencies(question, signal);
    return { series: toServiceSeries(series, 'ms'), isReduced: true };
  }

  #services(): readonly string[] {
    const status = this.#options.status();
    if (status.kind === 'ok') this.#known = status.services;
    // Polls that fail need not keep its metrics from being asked: that failure speaks for itself.
    if (status.kind !== 'ok' && status.kind !== 'failing') {
      this.#known = [];
      return [];
    }
    const chosen = this.#options.settings().services;
    return chosen.length > 0 ? chosen : this.#known;
  }
}
