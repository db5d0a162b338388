import type { SignalSource } from '../../core/alerts/signalSource';
import { type Disposable, Emitter } from '../../core/event';
import { HumanError } from '../../core/humanError';
import type { Deps } from '../../platform/deps';
import type { PrometheusClient } from '../../sources/prometheusClient';
import { PrometheusSignals } from './prometheusSignals';
import { SpmSignals } from './spmSignals';
import { TraceSignals } from './traceSignals';

/** What the choice is made of. */
export type SignalChoiceDeps = Pick<Deps, 'settings' | 'source' | 'store' | 'report'> & {
  readonly secrets: Pick<Deps['secrets'], 'read'>;
  readonly log: Pick<Deps['log'], 'warn'>;
};

/** What a rule's values come from, as the settings choose it. */
export interface Signals {
  readonly current: SignalSource;
  /** Fires when `current` is another one, whose values are another story. */
  onDidChange(listener: () => void): Disposable;
}

/** Keeps the source that the settings choose, and makes another when they change. */
export class SignalChoice implements Signals, Disposable {
  readonly #deps: SignalChoiceDeps;
  readonly #onDidChange: Emitter<void>;
  readonly #subscription: Disposable;
  readonly #notes = new Set<string>();
  #wanted: string;
  #current: SignalSource;

  constructor(deps: SignalChoiceDeps) {
    this.#deps = deps;
    this.#onDidChange = new Emitter((error) => deps.report(error, 'take values from elsewhere'));
    this.#wanted = this.#wish();
    this.#current = this.#make();
    this.#subscription = deps.settings.onDidChange(() => {
      if (this.#wish() === this.#wanted) return;
      this.#wanted = this.#wish();
      this.#current = this.#make();
      this.#onDidChange.fire();
    });
  }

  get current(): SignalSource {
    return this.#current;
  }

  onDidChange(listener: () => void): Disposable {
    return this.#onDidChange.event(listener);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#onDidChange.dispose();
  }

  #wish(): string {
    const { metrics, inference } = this.#deps.settings.current;
    return JSON.stringify(metrics.source === 'traces' ? metrics.source : [metrics, inference.spanName]);
  }

  #make(): SignalSource {
    const { settings, source, store } = this.#deps;
    const status = () => source.status;
    switch (settings.current.metrics.source) {
      case 'traces':
        return new TraceSignals(store, status);
      case 'jaeger-spm':
        return new SpmSignals({ settings: () => settings.current, status, client: () => this.#jaeger() });
      case 'prometheus': {
        let made: Promise<PrometheusClient> | undefined;
        const client = () => {
          made ??= this.#prometheus();
          made.catch(() => {
            made = undefined;
          });
          return made;
        };
        return new PrometheusSignals({
          settings: () => settings.current,
          client,
          onNote: (note) => this.#note(note),
        });
      }
    }
  }

  async #jaeger() {
    const { source } = this.#deps;
    if (source.connection) return source.client();
    throw new HumanError(
      'configuration',
      'Span metrics are asked of a Jaeger, and Whyspan is connected to none. Connect to one, or set whyspan.metrics.source to prometheus or traces.',
    );
  }

  async #prometheus(): Promise<PrometheusClient> {
    const { settings, secrets } = this.#deps;
    const { metrics, poll } = settings.current;
    if (!metrics.connection) {
      const message =
        'No Prometheus can be asked: whyspan.metrics.url is empty, or no URL. Write it as http://localhost:9090.';
      throw new HumanError('configuration', message);
    }
    const { createPrometheusClient } = await import('../../sources/jaegerSource');
    const credentials = { readSecret: (origin: string) => secrets.read(origin) };
    return createPrometheusClient({ connection: metrics.connection, credentials, timeoutMs: poll.timeoutMs });
  }

  /** Each once: the same answer comes every minute. */
  #note(note: string): void {
    if (this.#notes.has(note) || this.#notes.size > 100) return;
    this.#notes.add(note);
    this.#deps.log.warn(`Metrics: ${note}`);
  }
}
