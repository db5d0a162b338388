import { type Disposable, Emitter, type Event } from '../core/event';
import type { TraceStore } from '../core/store/traceStore';
import type { Connection } from '../sources/connection';
import type { JaegerClient } from '../sources/jaegerClient';
import type { ReceivedTally } from '../sources/receivedTally';
import type { SourceStatus } from '../sources/sourceStatus';
import type { SettingsView, TraceSource } from './deps';
import { DisposableStore } from './disposableStore';
import type { EmbeddedSession } from './embeddedSession';
import type { Endpoints } from './endpoints';
import type { SourceSession } from './sourceSession';

/** What a backend session chooses between, and what it looks at to choose. */
export interface BackendSessionOptions {
  readonly jaeger: SourceSession;
  readonly embedded: EmbeddedSession;
  readonly store: TraceStore;
  readonly settings: SettingsView;
  /** The token of the receiver was renewed. */
  readonly onDidRenewToken: Event<void>;
  /** Whether the workspace is trusted: in another, nothing listens unless the user's own settings say so. */
  readonly isTrusted: () => boolean;
  readonly report: (error: unknown, doing: string) => void;
}

/**
 * The source of traces: a Jaeger, or what is received here, or both. `auto` is Jaeger when one is configured or the local one answers
 * at the start, else embedded; it is chosen again when the settings change, and never by itself.
 */
export class BackendSession implements TraceSource, Disposable {
  readonly #options: BackendSessionOptions;
  readonly #disposables = new DisposableStore();
  readonly #onDidChangeStatus: Emitter<SourceStatus>;
  #active: 'jaeger' | 'embedded' = 'jaeger';
  #isPaused = false;
  #wanted = '';
  #choice = 0;

  constructor(options: BackendSessionOptions) {
    this.#options = options;
    const { jaeger, embedded, settings } = options;
    this.#onDidChangeStatus = this.#disposables.add(
      new Emitter((error) => options.report(error, 'show how the source is doing')),
    );
    const tell = (from: 'jaeger' | 'embedded') => () => {
      // Beside a Jaeger, where spans are received is news although the status is the Jaeger's.
      const isBeside = from === 'embedded' && embedded.endpoints !== undefined;
      if (this.#active === from || isBeside) this.#onDidChangeStatus.fire(this.status);
    };
    this.#disposables.add(jaeger.onDidChangeStatus(tell('jaeger')));
    this.#disposables.add(embedded.onDidChangeStatus(tell('embedded')));
    this.#disposables.add(
      settings.onDidChange(() => {
        if (this.#wish() !== this.#wanted) this.start();
        embedded.configure().catch((error: unknown) => options.report(error, 'listen as the settings say'));
      }),
    );
    this.#disposables.add(
      options.onDidRenewToken(() => {
        if (embedded.endpoints?.openTo === undefined) return;
        embedded.restart().catch((error: unknown) => options.report(error, 'listen with another token'));
      }),
    );
  }

  get status(): SourceStatus {
    return this.#active === 'jaeger' ? this.#options.jaeger.status : this.#options.embedded.status;
  }

  get onDidChangeStatus() {
    return this.#onDidChangeStatus.event;
  }

  get connection(): Connection | undefined {
    return this.#active === 'jaeger' ? this.#options.jaeger.connection : undefined;
  }

  get endpoints(): Endpoints | undefined {
    return this.#options.embedded.endpoints;
  }

  get received(): ReceivedTally | undefined {
    return this.#options.embedded.received;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Chooses and begins. */
  start(): void {
    this.#wanted = this.#wish();
    const choice = ++this.#choice;
    this.#choose(choice).catch((error: unknown) => this.#options.report(error, 'begin to take traces in'));
  }

  async refresh(): Promise<void> {
    if (this.#active === 'jaeger') await this.#options.jaeger.refresh();
  }

  reconnect(): void {
    if (this.#active === 'jaeger') this.#options.jaeger.reconnect();
  }

  setPaused(isPaused: boolean): void {
    if (this.#isPaused === isPaused) return;
    this.#isPaused = isPaused;
    this.#options.jaeger.setPaused(isPaused);
    this.#options.embedded.setPaused(isPaused);
    this.#onDidChangeStatus.fire(this.status);
  }

  /** Without the window's focus, a Jaeger is asked more rarely. */
  setFocused(isFocused: boolean): void {
    this.#options.jaeger.setFocused(isFocused);
  }

  client(connection?: Connection): Promise<JaegerClient> {
    return this.#options.jaeger.client(connection);
  }

  dispose(): void {
    this.#choice++;
    this.#options.jaeger.dispose();
    this.#options.embedded.dispose();
    this.#disposables.dispose();
  }

  #wish(): string {
    const { backend, connections } = this.#options.settings.current;
    return JSON.stringify([backend, connections.length > 0, this.#options.isTrusted()]);
  }

  async #choose(choice: number): Promise<void> {
    const { jaeger, embedded, settings, isTrusted } = this.#options;
    const { backend, connections } = settings.current;
    if (backend === 'embedded') {
      await this.#receiveOnly();
      return;
    }
    if (backend !== 'both') embedded.stop();
    this.#activate('jaeger');
    await Promise.all([jaeger.start(), backend === 'both' ? embedded.start() : undefined]);
    const isUnanswered = backend === 'auto' && connections.length === 0 && jaeger.status.kind !== 'ok';
    if (choice === this.#choice && isUnanswered && isTrusted()) await this.#receiveOnly();
  }

  async #receiveOnly(): Promise<void> {
    this.#options.jaeger.stop();
    this.#activate('embedded');
    await this.#options.embedded.start();
  }

  #activate(active: 'jaeger' | 'embedded'): void {
    // Traces of one source and of another are not the same story.
    if (this.#active !== active) this.#options.store.clear();
    this.#active = active;
    this.#onDidChangeStatus.fire(this.status);
  }
}
