import type { AlertRule } from '../../core/alerts/alertRule';
import type { Signal, SignalSource, SignalTimes } from '../../core/alerts/signalSource';
import { HumanError } from '../../core/humanError';
import { coversWindow, defaultPromql, fillPromql } from '../../core/metrics/promql';
import { toServiceSeries } from '../../core/metrics/serviceSeries';
import type { Settings } from '../../platform/settings';
import type { PrometheusClient } from '../../sources/prometheusClient';
import { timesOfRaw, timesOfReduced } from './queryTimes';

/** What the source needs of the outside. */
export interface PrometheusSignalsOptions {
  readonly settings: () => Pick<Settings, 'metrics' | 'services' | 'inference'>;
  /** A HumanError when there is none to ask. */
  readonly client: () => Promise<Pick<PrometheusClient, 'queryRange'>>;
  /** Hears what the server warns of, and what could not be read. */
  readonly onNote: (note: string) => void;
}

/** A Prometheus as a rule's source of values: one series for each that the query gives. */
export class PrometheusSignals implements SignalSource {
  readonly #options: PrometheusSignalsOptions;

  constructor(options: PrometheusSignalsOptions) {
    this.#options = options;
  }

  standing(): 'ready' {
    return 'ready';
  }

  async ask(rule: AlertRule, times: SignalTimes, signal: AbortSignal): Promise<Signal> {
    const { metrics, services, inference } = this.#options.settings();
    const template = metrics.query === '' ? defaultPromql(rule.reducer) : metrics.query;
    if (template === undefined) throw unknownReducer(rule);
    const isReduced = coversWindow(template);
    const asked = isReduced ? timesOfReduced(times) : timesOfRaw(times, rule.windowUs);
    const values = { windowUs: rule.windowUs, services, operation: inference.spanName };
    const client = await this.#options.client();
    const answer = await client.queryRange({ promql: fillPromql(template, values), ...asked }, signal);
    for (const note of [...answer.warnings, ...answer.problems.map(({ what }) => what)])
      this.#options.onNote(note);
    const unit = metrics.query === '' ? 'ms' : metrics.unit;
    return { series: toServiceSeries(answer.series, unit), isReduced };
  }
}

function unknownReducer({ reducer }: AlertRule): HumanError {
  return new HumanError(
    'configuration',
    `Span metrics know no “${reducer}” of a duration. Set whyspan.alert.reducer to avg or median, or write your own whyspan.metrics.query.`,
  );
}
