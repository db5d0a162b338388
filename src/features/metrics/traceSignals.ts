import type { AlertRule } from '../../core/alerts/alertRule';
import type { Signal, SignalSource, SignalTimes } from '../../core/alerts/signalSource';
import type { TraceStore } from '../../core/store/traceStore';
import type { SourceStatus } from '../../sources/sourceStatus';

/** The traces that are held as a rule's source of values: each service's inferences, each once. */
export class TraceSignals implements SignalSource {
  readonly #store: Pick<TraceStore, 'services' | 'signal'>;
  readonly #status: () => SourceStatus;

  constructor(store: Pick<TraceStore, 'services' | 'signal'>, status: () => SourceStatus) {
    this.#store = store;
    this.#status = status;
  }

  standing(): ReturnType<SignalSource['standing']> {
    const status = this.#status();
    switch (status.kind) {
      case 'ok':
        return 'ready';
      case 'idle':
      case 'connecting':
        return 'waiting';
      case 'failing':
        return status.hasAnswered ? { failure: status.error.message } : 'waiting';
    }
  }

  ask({ attribute, windowUs }: AlertRule, { fromUs, toUs }: SignalTimes): Signal {
    const range = { afterUs: fromUs - windowUs, toUs };
    const series = this.#store.services().map((service) => ({
      service,
      points: this.#store.signal(attribute, { service, ...range }),
    }));
    return { series, isReduced: false };
  }
}
