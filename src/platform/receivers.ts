import type { Disposable } from '../core/event';
import { HumanError } from '../core/humanError';
import { systemClock } from '../sources/clock';
import type { ReceivedDecoder } from '../sources/decoder/receivedDecoder';
import { createAgent, createDesk, createReceiver, createSharing } from '../sources/embeddedSource';
import type { JaegerAgent } from '../sources/jaegerAgent/jaegerAgent';
import type { OnBlocks } from '../sources/onBlocks';
import type { AcceptedBody } from '../sources/otlpReceiver/acceptedBody';
import type { OtlpReceiver, ReceiverAddress } from '../sources/otlpReceiver/otlpReceiver';
import { type ReceivedTally, sumOfStats } from '../sources/receivedTally';
import type { PortSharing } from '../sources/sharedReceiver/portSharing';
import type { ShareDesk } from '../sources/sharedReceiver/shareDesk';
import type { SharedPortState } from '../sources/sharedReceiver/sharedPort';
import { DisposableStore } from './disposableStore';
import { type Endpoints, localUrl } from './endpoints';
import { type ListeningGrpc, listenForGrpc } from './listenForGrpc';
import { loopback, type ReceiverSettings } from './settings';
import { TroubleLog } from './troubleLog';

// Entry of a bundle of its own, which is loaded on first use: nothing of it is needed to ask a Jaeger.

/** What receivers are built from. */
export interface ReceiversOptions {
  readonly windowId: string;
  readonly settings: ReceiverSettings;
  /** The token that is demanded where not only programs of this machine can send; asked for only then. */
  readonly readToken: () => Promise<string>;
  /** A folder that all windows of this user share. */
  readonly sharedFolder: string;
  readonly decodeThread: ReceivedDecoder;
  readonly onBlocks: OnBlocks;
  /** Where is listened, or what was not taken, has changed. */
  readonly onDidChange: () => void;
  readonly log: Readonly<Record<'info' | 'warn', (message: string) => void>>;
  readonly report: (error: unknown, doing: string) => void;
}

/** All that listens for spans: OTLP over HTTP and gRPC, the Jaeger agent, and what another window gives. */
export class Receivers implements Disposable {
  readonly #options: ReceiversOptions;
  readonly #running = new DisposableStore();
  readonly #troubles: TroubleLog;
  /** The second one is for the wanted port when that is taken over: programs were told the port of the first. */
  readonly #otlp: OtlpReceiver[] = [];
  #address: ReceiverAddress | undefined;
  #token: string | undefined;
  #desk: ShareDesk | undefined;
  #grpc: ListeningGrpc | undefined;
  #agent: JaegerAgent | undefined;
  #agentPort: number | undefined;
  #sharing: PortSharing | undefined;

  constructor(options: ReceiversOptions) {
    this.#options = options;
    this.#troubles = this.#running.add(
      new TroubleLog((text) => options.log.warn(text), options.onDidChange, systemClock),
    );
  }

  /** Where it listens, once it has started. */
  get endpoints(): Endpoints | undefined {
    const { port: wantedPort, bindAddress: address } = this.#options.settings;
    if (!this.#address) return undefined;
    const { port, isWantedPort, holder } = this.#address;
    return {
      otlpUrl: localUrl(address, port),
      wantedPort,
      isOtherOtlpPort: !isWantedPort,
      isTakenByWhyspan: holder === 'whyspan' && this.#sharing?.state !== 'lost',
      sharing: this.#sharing?.state ?? 'none',
      openTo: this.#token === undefined ? undefined : { address, port, token: this.#token },
      grpcUrl: this.#grpc?.url,
      agentPort: this.#agentPort,
    };
  }

  /** What came in and what did not, as far as it is known here. */
  get tally(): Omit<ReceivedTally, 'leftOut'> {
    const stats = this.#otlp.map((receiver) => receiver.stats);
    const sum = sumOfStats(this.#grpc ? [...stats, this.#grpc.stats()] : stats);
    const {
      spans = 0,
      problems = 0,
      broken = 0,
      oversize = 0,
      foreign = 0,
      dropped = 0,
    } = this.#agent?.stats ?? {};
    return {
      refused: sum.refused,
      spans: sum.spans + spans,
      rejectedSpans: sum.rejectedSpans + problems,
      datagrams: { broken, oversize, foreign, dropped },
      notPassedOn: this.#desk?.stats.dropped ?? 0,
    };
  }

  /** Listens. Rejects when OTLP over HTTP cannot be received at all. */
  async start(): Promise<void> {
    const { settings, readToken, log } = this.#options;
    if (settings.bindAddress !== loopback) this.#token = await readToken();
    this.#createDesk();
    const receiver = this.#running.add(this.#createReceiver(false));
    this.#otlp.push(receiver);
    const [address] = await Promise.all([receiver.start(), this.#startAgent()]).catch((error: unknown) => {
      throw whyNotBound(error, settings.bindAddress);
    });
    await this.#startGrpc();
    if (address.holder === 'whyspan') await this.#prepareSharing();
    this.#address = address;
    if (this.#token !== undefined)
      log.warn(
        `Programs on other machines and in containers can send to ${settings.bindAddress}, port ${address.port}, as far as the network lets them; each request must bring the token. gRPC and the agent stay on ${loopback}.`,
      );
  }

  /** Shows what the window receives that has the wanted port, from now on; or no more. */
  share(isChosen: boolean): void {
    this.#sharing?.choose(isChosen);
  }

  dispose(): void {
    this.#running.dispose();
  }

  #createDesk(): void {
    const { sharedFolder, log } = this.#options;
    const onDidChangeFollowers = (followers: number) =>
      log.info(`Windows that are given what this one receives: ${followers}`);
    const onDropped = () =>
      this.#troubles.add('not passed on', 'Another window is too slow for all that this one receives.');
    this.#desk = this.#running.add(createDesk(sharedFolder, { onDidChangeFollowers, onDropped }));
  }

  #createReceiver(isPortRequired: boolean): OtlpReceiver {
    const { settings, windowId } = this.#options;
    const token = this.#token;
    return createReceiver({
      ...{ windowId, isPortRequired, port: settings.port, ...this.#common('HTTP') },
      ...(this.#desk ? { desk: this.#desk } : {}),
      ...(token === undefined ? {} : { bind: { address: settings.bindAddress, token } }),
    });
  }

  #taking() {
    const { onBlocks, report, decodeThread: decoder } = this.#options;
    return {
      ...{ decoder, onBlocks },
      onError: (error: unknown) => report(error, 'take in what was received'),
    };
  }

  #common(via: string) {
    return {
      ...this.#taking(),
      onRefused: (reason: string, why: string) =>
        this.#troubles.add(
          `${via} ${reason}`,
          `Something sent over ${via} was refused (${reason}): ${why || 'it came to no request.'}`,
        ),
      onAccepted: (body: AcceptedBody) => this.#desk?.pass(body),
    };
  }

  async #startGrpc(): Promise<void> {
    this.#grpc ??= await listenForGrpc(this.#running, this.#common('gRPC'));
  }

  async #startAgent(): Promise<void> {
    this.#agent ??= this.#running.add(
      createAgent({
        ...this.#taking(),
        onFault: (fault) =>
          this.#troubles.add(`datagram ${fault}`, `A datagram for the Jaeger agent was not taken: ${fault}.`),
        onAccepted: (bytes) => this.#desk?.pass({ form: 'datagram', bytes }),
      }),
    );
    if (this.#agentPort === undefined) this.#agentPort = (await this.#agent.start()).port;
  }

  async #prepareSharing(): Promise<void> {
    const { settings, sharedFolder, report } = this.#options;
    const onError = (error: unknown) => report(error, 'share a port with another window');
    const sharing = createSharing({
      ...{ port: settings.port, folder: sharedFolder, onError },
      onBody: (body) => this.#takePassedOn(body),
      claim: () => this.#claim(),
      onDidChange: (state) => this.#tellSharing(state),
    });
    const isPossible = await sharing.isPossible().catch((error: unknown) => {
      onError(error);
      return false;
    });
    if (isPossible) this.#sharing = this.#running.add(sharing);
  }

  async #takePassedOn(body: AcceptedBody): Promise<void> {
    if (body.form === 'datagram') this.#agent?.take(body.bytes);
    else await this.#otlp[0]?.takePassedOn(body);
  }

  /** Takes what the other window had, beside what this one has: its programs were told that. */
  async #claim(): Promise<boolean> {
    const receiver = this.#createReceiver(true);
    const address = await receiver.start();
    if (address.port === 0 || this.#running.isDisposed) {
      receiver.dispose();
      return false;
    }
    this.#otlp.push(this.#running.add(receiver));
    this.#address = address;
    const onError = (error: unknown) => this.#options.report(error, 'take another window’s ports over');
    await Promise.all([this.#startGrpc(), this.#startAgent().catch(onError)]);
    return true;
  }

  #tellSharing(state: SharedPortState): void {
    const { settings, log, onDidChange } = this.#options;
    const where = `port ${settings.port}`;
    const texts: Readonly<Record<SharedPortState, string>> = {
      following: `What another window receives at ${where} is shown here, too`,
      searching: `The window that had ${where} is gone`,
      holding: `Receiving at ${where} now, since the window that had it is gone`,
      lost: `A program that is no window of yours has ${where}; receiving goes on at the port of this window`,
    };
    log.info(texts[state]);
    onDidChange();
  }
}

/** The user can do something about an address that this machine does not have. */
function whyNotBound(error: unknown, address: string): unknown {
  const isUnknown = error instanceof Error && 'code' in error && error.code === 'EADDRNOTAVAIL';
  if (!isUnknown) return error;
  const message = `Whyspan cannot receive at ${address}, which is no address of this machine. Change whyspan.receiver.bindAddress.`;
  return new HumanError('configuration', message, { cause: error });
}
