import type { DecodeProblem } from '../core/decode/decodeProblem';
import { type Disposable, Emitter } from '../core/event';
import { HumanError } from '../core/humanError';
import type { TraceStore } from '../core/store/traceStore';
import type { Trace } from '../core/trace/trace';
import type { SourceStatus } from '../sources/sourceStatus';
import { DisposableStore } from './disposableStore';
import { listenForGrpc } from './listenForGrpc';
import type { ReceiverSettings } from './settings';

/** Where programs can send their spans. */
export interface Endpoints {
  /** Such as `http://127.0.0.1:4318`. */
  readonly otlpUrl: string;
  /** The port that the settings ask for. */
  readonly wantedPort: number;
  /** The wanted port is taken: programs must be told this one. */
  readonly isOtherOtlpPort: boolean;
  /** Another window of VS Code with Whyspan has the wanted port. */
  readonly isTakenByWhyspan: boolean;
  /** Such as `http://127.0.0.1:4317`, for exporters that speak gRPC; `undefined` when another program has the port. */
  readonly grpcUrl: string | undefined;
  /** UDP port of the Jaeger agent; `undefined` when another program has it. */
  readonly agentPort: number | undefined;
}

/** What a session needs from outside. */
export interface EmbeddedSessionOptions {
  readonly store: TraceStore;
  readonly windowId: string;
  readonly settings: () => ReceiverSettings;
  readonly nowMs: () => number;
  readonly log: Readonly<Record<'info' | 'warn', (message: string) => void>>;
  readonly report: (error: unknown, doing: string) => void;
}

/** Most traces that wait while it is paused; what comes beyond is not taken, and counted. */
const maxWaiting = 5000;

/** Receives spans without any server: OTLP over HTTP, and Thrift as a Jaeger agent takes it. */
export class EmbeddedSession implements Disposable {
  readonly #options: EmbeddedSessionOptions;
  readonly #onDidChangeStatus: Emitter<SourceStatus>;
  #running = new DisposableStore();
  /** What it listens by, as text. */
  #configured = '';
  #status: SourceStatus = { kind: 'idle' };
  #endpoints: Endpoints | undefined;
  #problems = 0;
  #isPaused = false;
  #waiting: Trace[] = [];

  constructor(options: EmbeddedSessionOptions) {
    this.#options = options;
    this.#onDidChangeStatus = new Emitter((error) => options.report(error, 'show how the source is doing'));
  }

  get status(): SourceStatus {
    return this.#status;
  }

  get onDidChangeStatus() {
    return this.#onDidChangeStatus.event;
  }

  /** Where it listens; `undefined` while it does not. */
  get endpoints(): Endpoints | undefined {
    return this.#endpoints;
  }

  /** Listens, until it is stopped. Does nothing when it listens already. */
  async start(): Promise<void> {
    if (this.#status.kind !== 'idle') return;
    const running = new DisposableStore();
    this.#running = running;
    this.#configured = this.#configuration();
    this.#setStatus({ kind: 'connecting' });
    try {
      const endpoints = await this.#listen(running);
      if (this.#running !== running) return;
      this.#endpoints = endpoints;
      this.#options.log.info(
        `Receiving OTLP at ${endpoints.otlpUrl}, gRPC: ${endpoints.grpcUrl ?? 'port taken'}, Jaeger agent: ${endpoints.agentPort ?? 'port taken'}`,
      );
      this.#setOk();
    } catch (error) {
      running.dispose();
      if (this.#running !== running) return;
      this.#options.report(error, 'receive traces');
      const why = new HumanError('configuration', 'Whyspan cannot listen for traces on this machine.', {
        cause: error,
      });
      this.#setStatus({
        kind: 'failing',
        error: why,
        sinceUs: this.#options.nowMs() * 1000,
        retryAtUs: Number.POSITIVE_INFINITY,
        hasAnswered: false,
      });
    }
  }

  /** Listens as the settings say now, when that is otherwise than it does; what was received stays. */
  async configure(): Promise<void> {
    if (this.#status.kind === 'idle' || this.#configured === this.#configuration()) return;
    this.#close();
    await this.start();
  }

  /** Listens no more. */
  stop(): void {
    // What waits belongs to a source that is no longer watched.
    this.#waiting = [];
    this.#close();
  }

  /** While it is paused, what comes waits. */
  setPaused(isPaused: boolean): void {
    this.#isPaused = isPaused;
    if (isPaused) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#take(waiting, []);
  }

  dispose(): void {
    this.#running.dispose();
    this.#onDidChangeStatus.dispose();
  }

  #close(): void {
    this.#running.dispose();
    this.#running = new DisposableStore();
    this.#endpoints = undefined;
    this.#setStatus({ kind: 'idle' });
  }

  #configuration(): string {
    return JSON.stringify(this.#options.settings());
  }

  async #listen(running: DisposableStore): Promise<Endpoints> {
    const { createAgent, createReceiver } = await import('../sources/embeddedSource');
    const onTraces = (traces: readonly Trace[], problems: readonly DecodeProblem[] = []) =>
      this.#take(traces, problems);
    const onError = (error: unknown) => this.#options.report(error, 'take in what was received');
    const { port } = this.#options.settings();
    const { windowId } = this.#options;
    const receiver = running.add(createReceiver({ windowId, port, onTraces, onError }));
    const agent = running.add(createAgent({ onTraces }));
    const [otlp, udp] = await Promise.all([receiver.start(), agent.start()]);
    const grpcUrl = await listenForGrpc(running, { onTraces, onError });
    return {
      otlpUrl: `http://${otlp.host}:${otlp.port}`,
      wantedPort: port,
      isOtherOtlpPort: !otlp.isWantedPort,
      isTakenByWhyspan: otlp.holder === 'whyspan',
      grpcUrl,
      agentPort: udp.port,
    };
  }

  #take(traces: readonly Trace[], problems: readonly DecodeProblem[]): void {
    const { store, nowMs, log } = this.#options;
    if (this.#isPaused) {
      const room = Math.max(0, maxWaiting - this.#waiting.length);
      this.#waiting.push(...traces.slice(0, room));
      this.#problems += Math.max(0, traces.length - room);
    } else {
      store.merge(traces, nowMs() * 1000);
    }
    if (problems.length === 0) return;
    this.#problems += problems.length;
    const kinds = [...new Set(problems.map(({ what }) => what))].join('; ');
    log.warn(`${problems.length} things that were received could not be read or were mended: ${kinds}`);
    this.#setOk();
  }

  #setOk(): void {
    this.#setStatus({
      kind: 'ok',
      answeredAtUs: this.#options.nowMs() * 1000,
      services: [],
      leftOutServices: [],
      sampledServices: [],
      problemCount: this.#problems,
    });
  }

  #setStatus(status: SourceStatus): void {
    this.#status = status;
    this.#onDidChangeStatus.fire(status);
  }
}
