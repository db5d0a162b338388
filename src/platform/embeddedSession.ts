import type { SpanBlock } from '../core/columns/spanBlock';
import type { ProblemCount } from '../core/decode/problemCount';
import { type Disposable, Emitter } from '../core/event';
import { HumanError, isHumanError } from '../core/humanError';
import type { TraceStore } from '../core/store/traceStore';
import type { ReceivedTally } from '../sources/receivedTally';
import type { SourceStatus } from '../sources/sourceStatus';
import { DisposableStore } from './disposableStore';
import type { Endpoints } from './endpoints';
import type { Receivers, ReceiversOptions } from './receivers';
import type { ReceiverSettings } from './settings';

/** What a session needs from outside. */
export interface EmbeddedSessionOptions
  extends Pick<
    ReceiversOptions,
    'windowId' | 'decodeThread' | 'readToken' | 'sharedFolder' | 'log' | 'report'
  > {
  readonly store: TraceStore;
  readonly settings: () => ReceiverSettings;
  /** Hears of all that comes, also while it is paused. What is in the blocks is the store's, too. */
  readonly onReceived?: (blocks: readonly SpanBlock[]) => void;
  readonly nowMs: () => number;
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
  #receivers: Receivers | undefined;
  #problems = 0;
  #leftOut = 0;
  #isPaused = false;
  #waiting: SpanBlock[] = [];

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
    return this.#receivers?.endpoints;
  }

  /** What came in and what did not; `undefined` while it does not listen. */
  get received(): ReceivedTally | undefined {
    return this.#receivers && { ...this.#receivers.tally, leftOut: this.#leftOut };
  }

  /** Listens, until it is stopped. Does nothing when it listens already. */
  async start(): Promise<void> {
    if (this.#status.kind !== 'idle') return;
    const running = new DisposableStore();
    this.#running = running;
    this.#configured = this.#configuration();
    this.#setStatus({ kind: 'connecting' });
    try {
      const receivers = running.add(await this.#createReceivers(running));
      await receivers.start();
      if (this.#running !== running) return;
      this.#receivers = receivers;
      this.#logEndpoints(receivers.endpoints);
      this.#setOk();
      receivers.share(this.#options.settings().sharing === 'share');
    } catch (error) {
      running.dispose();
      if (this.#running !== running) return;
      this.#options.report(error, 'receive traces');
      const why = isHumanError(error)
        ? error
        : new HumanError('configuration', 'Whyspan cannot listen for traces on this machine.', {
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
    if (this.#configured !== this.#configuration()) await this.restart();
    else this.#receivers?.share(this.#options.settings().sharing === 'share');
  }

  /** Listens anew, when it does, as after the token was renewed; what was received stays. */
  async restart(): Promise<void> {
    if (this.#status.kind === 'idle') return;
    this.#close();
    this.#status = { kind: 'idle' };
    await this.start();
  }

  /** Listens no more. */
  stop(): void {
    // What waits belongs to a source that is no longer watched.
    this.#waiting = [];
    this.#close();
    this.#setStatus({ kind: 'idle' });
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
    this.#receivers = undefined;
  }

  #configuration(): string {
    const { port, bindAddress } = this.#options.settings();
    return JSON.stringify([port, bindAddress]);
  }

  async #createReceivers(running: DisposableStore): Promise<Receivers> {
    const { Receivers } = await import('./receivers');
    return new Receivers({
      ...this.#options,
      settings: this.#options.settings(),
      onBlocks: (blocks, problems) => {
        this.#options.onReceived?.(blocks);
        this.#take(blocks, problems);
      },
      onDidChange: () => {
        if (this.#running === running && this.#receivers) this.#setOk();
      },
    });
  }

  #logEndpoints(endpoints: Endpoints | undefined): void {
    const { otlpUrl, grpcUrl = 'port taken', agentPort = 'port taken' } = endpoints ?? {};
    this.#options.log.info(`Receiving OTLP at ${otlpUrl}, gRPC: ${grpcUrl}, Jaeger agent: ${agentPort}`);
  }

  #take(blocks: readonly SpanBlock[], problems: readonly ProblemCount[]): void {
    const { store, nowMs, log } = this.#options;
    if (this.#isPaused) for (const block of blocks) this.#keep(block);
    else store.mergeBlocks(blocks, nowMs() * 1000);
    if (problems.length === 0) return;
    const count = problems.reduce((sum, problem) => sum + problem.count, 0);
    this.#problems += count;
    const kinds = problems.map(({ what }) => what).join('; ');
    log.warn(`${count} things that were received could not be read or were mended: ${kinds}`);
    this.#setOk();
  }

  #keep(block: SpanBlock): void {
    const traces = block.traces.id.length;
    const waiting = this.#waiting.reduce((sum, { traces: { id } }) => sum + id.length, 0);
    if (waiting + traces <= maxWaiting) this.#waiting.push(block);
    else this.#leftOut += traces;
  }

  #setOk(): void {
    this.#setStatus({
      kind: 'ok',
      answeredAtUs: this.#options.nowMs() * 1000,
      services: [],
      leftOutServices: [],
      problemCount: this.#problems,
    });
  }

  #setStatus(status: SourceStatus): void {
    this.#status = status;
    this.#onDidChangeStatus.fire(status);
  }
}
