import type { SpanBlock } from '../core/columns/spanBlock';
import type { DecodeProblem } from '../core/decode/decodeProblem';
import { type Disposable, Emitter } from '../core/event';
import type { TraceStore } from '../core/store/traceStore';
import { systemClock } from '../sources/clock';
import type { Connection } from '../sources/connection';
import type { LazyDecodeThread } from '../sources/decoder/lazyDecodeThread';
import type { JaegerClient } from '../sources/jaegerClient';
import type { Poller } from '../sources/poller';
import type { SourceStatus } from '../sources/sourceStatus';
import { chooseConnection } from './chosenConnection';
import type { SettingsView } from './deps';
import { DisposableStore } from './disposableStore';
import type { Settings } from './settings';

/** What a session needs from outside. */
export interface SourceSessionOptions {
  readonly settings: SettingsView;
  readonly store: TraceStore;
  readonly readSecret: (origin: string) => Promise<string | undefined>;
  /** Decodes answers in a thread of its own; without it, in this one. */
  readonly decodeThread?: LazyDecodeThread | undefined;
  readonly nowMs: () => number;
  readonly log: Readonly<Record<'debug' | 'info' | 'warn', (message: string) => void>>;
  readonly report: (error: unknown, doing: string) => void;
}

/** Keeps the poller of the chosen connection: starts it, starts another when the settings change, pauses it. */
export class SourceSession implements Disposable {
  readonly #options: SourceSessionOptions;
  readonly #disposables = new DisposableStore();
  readonly #onDidChangeStatus: Emitter<SourceStatus>;
  #connected = new DisposableStore();
  #poller: Poller | undefined;
  #client: JaegerClient | undefined;
  #connection: Connection | undefined;
  #isConfigured = false;
  #isFocused = true;
  #isStopped = true;
  #isPaused = false;
  #status: SourceStatus = { kind: 'idle' };
  #wanted = '';

  constructor(options: SourceSessionOptions) {
    this.#options = options;
    this.#onDidChangeStatus = new Emitter((error) => options.report(error, 'show how the source is doing'));
    this.#disposables.add(options.settings.onDidChange(() => this.#reconnectIfNeeded()));
    // What the store let go must come again when Jaeger still has it.
    this.#disposables.add(options.store.onDidClear(() => this.#client?.forget()));
  }

  get status(): SourceStatus {
    return this.#status;
  }

  get onDidChangeStatus() {
    return this.#onDidChangeStatus.event;
  }

  get connection(): Connection | undefined {
    return this.#status.kind === 'idle' ? undefined : this.#connection;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Connects, unless it is connected; resolves when a poll is done, however it went. */
  async start(): Promise<void> {
    if (this.#poller) {
      await this.#poller.refresh();
      return;
    }
    this.#isStopped = false;
    this.#wanted = this.#wish();
    await this.#connect();
  }

  /** Asks nothing any more, and changes of the settings are ignored, until it is started again. */
  stop(): void {
    this.#isStopped = true;
    this.#connected.dispose();
    this.#connected = new DisposableStore();
    this.#poller = undefined;
    this.#client = undefined;
    this.#setStatus({ kind: 'idle' });
  }

  async refresh(): Promise<void> {
    if (!this.#poller) {
      await this.#connect();
      // Connecting polls, unless it is paused; who asks for a refresh gets one all the same.
      if (!this.#isPaused) return;
    }
    await this.#poller?.refresh();
  }

  /** Connects anew, as after a secret has changed. */
  reconnect(): void {
    this.#run(() => this.#connect());
  }

  setPaused(isPaused: boolean): void {
    if (this.#isPaused === isPaused) return;
    this.#isPaused = isPaused;
    if (isPaused) this.#poller?.pause();
    else this.#poller?.resume();
    this.#onDidChangeStatus.fire(this.#status);
  }

  /** Without the window's focus, polls are rarer. */
  setFocused(isFocused: boolean): void {
    this.#isFocused = isFocused;
    this.#poller?.setFocused(isFocused);
  }

  /** A client for a connection, by default the chosen one: then the one that polls, so that a server has one request at a time. */
  async client(connection?: Connection): Promise<JaegerClient> {
    const isChosen =
      connection === undefined || JSON.stringify(connection) === JSON.stringify(this.#connection);
    if (this.#client && isChosen) return this.#client;
    const { createClient } = await import('../sources/jaegerSource');
    return createClient({
      connection: connection ?? chooseConnection(this.#options.settings.current).connection,
      credentials: { readSecret: this.#options.readSecret },
      timeoutMs: this.#options.settings.current.poll.timeoutMs,
      decoder: await this.#options.decodeThread?.open(),
    });
  }

  dispose(): void {
    this.#connected.dispose();
    // What is still connecting finds that it has been overtaken.
    this.#connected = new DisposableStore();
    this.#disposables.dispose();
    this.#onDidChangeStatus.dispose();
  }

  #wish(): string {
    const { services, inference, poll } = this.#options.settings.current;
    return JSON.stringify([chooseConnection(this.#options.settings.current), services, inference, poll]);
  }

  #reconnectIfNeeded(): void {
    const wish = this.#wish();
    if (this.#isStopped || wish === this.#wanted) return;
    this.#wanted = wish;
    this.reconnect();
  }

  async #connect(): Promise<void> {
    const { settings, store } = this.#options;
    const { connection, isConfigured } = chooseConnection(settings.current);
    this.#connected.dispose();
    const connected = new DisposableStore();
    this.#connected = connected;
    if (this.#connection && JSON.stringify(this.#connection) !== JSON.stringify(connection)) store.clear();
    this.#connection = connection;
    this.#isConfigured = isConfigured;
    this.#poller = undefined;
    this.#client = undefined;
    this.#setStatus({ kind: 'connecting' });
    const { createPoller } = await import('../sources/jaegerSource');
    const client = await this.client(connection);
    if (this.#connected !== connected) return;
    const { services, inference, poll } = settings.current;
    const poller = connected.add(
      createPoller({
        client,
        settings: { services, inference, ...poll },
        clock: systemClock,
        random: Math.random,
        onBlock: (block, problems) => this.#take(block, problems),
        slowUs: () => slowUs(settings.current),
        onWindow: (service, strata) => store.cover(service, strata, this.#options.nowMs() * 1000),
      }),
    );
    this.#poller = poller;
    this.#client = connected.add(client);
    poller.setFocused(this.#isFocused);
    connected.add(poller.onDidChangeStatus((status) => this.#setStatus(status)));
    if (this.#isPaused) poller.pause();
    poller.start();
    if (!this.#isPaused) await poller.refresh();
  }

  #take(block: SpanBlock | undefined, problems: readonly DecodeProblem[]): void {
    if (block) this.#options.store.addBlocks([block], this.#options.nowMs() * 1000);
    this.#options.log.debug(`An answer brought ${block?.traces.id.length ?? 0} traces`);
    if (problems.length === 0) return;
    const kinds = [...new Set(problems.map(({ what }) => what))].join('; ');
    this.#options.log.warn(
      `${problems.length} things in an answer could not be read or were mended: ${kinds}`,
    );
  }

  #setStatus(status: SourceStatus): void {
    // Nobody asked for the local Jaeger: until it answers there is nothing to connect to, and nothing to retry.
    const isProbeFailed = !this.#isConfigured && status.kind === 'failing' && !status.hasAnswered;
    const isProbing = !this.#isConfigured && status.kind === 'connecting';
    if (isProbeFailed) {
      this.#connected.dispose();
      this.#poller = undefined;
      this.#client = undefined;
    }
    const wasFailing = this.#status.kind === 'failing';
    this.#status = isProbeFailed || isProbing ? { kind: 'idle' } : status;
    if (status.kind === 'failing' && !isProbeFailed) {
      // Each retry that fails again is no news.
      this.#options.log[wasFailing ? 'debug' : 'warn'](status.error.message);
    } else if (wasFailing) this.#options.log.info('Jaeger answers again');
    this.#onDidChangeStatus.fire(this.#status);
  }

  #run(action: () => Promise<void>): void {
    action().catch((error: unknown) => this.#options.report(error, 'connect to Jaeger'));
  }
}

/** How long spans take that the alert is about: a storage that is slow for longer than the threshold makes its inference as slow at least. */
function slowUs({ alert, inference }: Settings): number | undefined {
  const isLatency = alert.attribute === inference.latencyAttribute;
  return isLatency && alert.threshold > 0 ? alert.threshold * 1000 : undefined;
}
