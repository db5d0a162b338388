import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Disposable } from '../../core/event';
import type { ExportedSpans, ReceivedDecoder } from '../decoder/receivedDecoder';
import type { OnBlocks } from '../onBlocks';
import { type ShareDesk, sharePath } from '../sharedReceiver/shareDesk';
import type { AcceptedBody } from './acceptedBody';
import { encodingOf, exportAnswer, mediaTypes, type OtlpEncoding, statusAnswer } from './exportAnswer';
import { ExportRequests } from './exportRequests';
import { askPortHolder, identityPath, identityText, type PortHolder } from './portHolder';
import { defaultReceiverLimits, type ReceiverLimits } from './receiverLimits';
import { createReceiverServer, listen } from './receiverServer';
import { type OnRefused, ReceiverCounters, type ReceiverStats } from './receiverStats';
import { Refusal } from './refusal';
import { rejectionText } from './rejectionText';
import { guardLoopback, guardRequest } from './requestGuard';

/** The port of OTLP/HTTP, by its specification. */
export const defaultOtlpPort = 4318;

const loopback = '127.0.0.1';
const holderTimeoutMs = 1000;
const retryAfterS = 1;
/** How long what is still sent after a refusal is read and thrown away, so that the sender gets to read the answer. */
const drainMs = 1000;

/** What a receiver needs. */
export interface OtlpReceiverOptions {
  /** Names this window to others: letters, digits, `-` and `_`, at most 64. */
  readonly windowId: string;
  readonly decoder: ReceivedDecoder;
  /** Gets the spans of each request. What it throws is the request's failure. */
  readonly onBlocks: OnBlocks;
  /** Gets what is a bug, here or in `onBlocks`. */
  readonly onError?: (error: unknown) => void;
  readonly onRefused?: OnRefused;
  /** Gets each body that was taken, as it came. */
  readonly onAccepted?: (body: AcceptedBody) => void;
  /** Gives what is received to other windows; without it nobody can ask for that. */
  readonly desk?: ShareDesk;
  /** By default 4318; when taken, a free one is chosen. */
  readonly port?: number;
  /** Takes no other port than that; then there is no address when it is taken. */
  readonly isPortRequired?: boolean;
  /** Opens the receiver to programs in containers and other machines; each request must bring the token. */
  readonly bind?: { readonly address: string; readonly token: string };
  readonly limits?: Partial<ReceiverLimits>;
}

/** Where a receiver listens, and who has the port that was wanted, if someone has. */
export interface ReceiverAddress {
  readonly host: string;
  /** 0 when the port was required and is taken. */
  readonly port: number;
  /** The port is the one that was wanted. */
  readonly isWantedPort: boolean;
  readonly holder: PortHolder['holder'] | undefined;
  /** The id of the window that has the port. */
  readonly holderWindow: string | undefined;
}

/**
 * Receives traces from OpenTelemetry's exporters over OTLP/HTTP (https://opentelemetry.io/docs/specs/otlp/#otlphttp),
 * protobuf and JSON. Bound to loopback; nothing that a request holds makes it throw.
 */
export class OtlpReceiver implements Disposable {
  readonly #options: OtlpReceiverOptions;
  readonly #limits: ReceiverLimits;
  readonly #requests: ExportRequests;
  readonly #counters: ReceiverCounters;
  #server: Server | undefined;
  #port = 0;
  #isDisposed = false;

  constructor(options: OtlpReceiverOptions) {
    this.#options = options;
    this.#limits = { ...defaultReceiverLimits, ...options.limits };
    this.#requests = new ExportRequests(this.#limits, options.decoder);
    this.#counters = new ReceiverCounters(options.onRefused);
  }

  /** What was received so far. */
  get stats(): ReceiverStats {
    return this.#counters.stats;
  }

  /** Starts to listen, once. Rejects when the address cannot be had at all, or the token is empty. */
  async start(): Promise<ReceiverAddress> {
    const { bind, port: wanted = defaultOtlpPort, isPortRequired = false } = this.#options;
    if (this.#server || this.#isDisposed) throw new Error('a receiver is started once');
    if (bind && bind.token.trim() === '') throw new Error('a receiver that is open to others needs a token');
    const host = bind?.address ?? loopback;
    const server = createReceiverServer(
      this.#limits,
      (request, response) => void this.#handle(request, response),
      (reason) => this.#counters.countRefusal(reason),
    );
    this.#server = server;
    let port = await listen(server, wanted, host);
    const isTaken = port === undefined && !isPortRequired;
    const holder = isTaken ? await askPortHolder(wanted, holderTimeoutMs) : undefined;
    if (isTaken) port = await listen(server, 0, host);
    if (this.#isDisposed) server.close();
    this.#port = port ?? 0;
    return {
      host,
      port: this.#port,
      isWantedPort: wanted === 0 || this.#port === wanted,
      holder: holder?.holder,
      holderWindow: holder?.holder === 'whyspan' ? holder.window : undefined,
    };
  }

  /** Takes an OTLP body that another window has received; what cannot be read is counted as when it had come by itself. */
  async takePassedOn(body: AcceptedBody): Promise<void> {
    this.#counters.countRequest();
    try {
      const result = await this.#requests.decode(body);
      if (!this.#isDisposed) this.#give(result);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#counters.countRefusal(error.reason, error.message);
    }
  }

  /** Stops at once; what is being received is not taken any more. */
  dispose(): void {
    this.#isDisposed = true;
    this.#server?.close();
    this.#server?.closeAllConnections();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A connection that breaks is told by what is awaited; unheard, the event would end the process.
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    const encoding = encodingOf(request.headers['content-type']);
    try {
      const path = pathOf(request);
      if (path === identityPath) this.#identify(request, response);
      else if (path === sharePath) await this.#share(request, response);
      else await this.#export(request, response, encoding);
    } catch (error) {
      if (!(error instanceof Refusal)) this.#options.onError?.(error);
      const refusal =
        error instanceof Refusal ? error : new Refusal('internal', 'Whyspan could not take this.');
      this.#counters.countRefusal(refusal.reason, refusal.message);
      refuse(request, response, { refusal, encoding: encoding ?? 'json' });
    }
  }

  #identify(request: IncomingMessage, response: ServerResponse): void {
    guardLoopback(request, this.#port);
    if (request.method !== 'GET') throw new Refusal('method', 'The method must be GET.');
    response.setHeader('content-type', 'application/json');
    response.end(identityText(this.#options.windowId));
  }

  async #share(request: IncomingMessage, response: ServerResponse): Promise<void> {
    guardLoopback(request, this.#port);
    const { desk } = this.#options;
    if (!desk) throw new Refusal('not-found', 'This window shares nothing.');
    await desk.handle(request, response, this.#port);
  }

  async #export(
    request: IncomingMessage,
    response: ServerResponse,
    encoding: OtlpEncoding | undefined,
  ): Promise<void> {
    guardRequest(request, { port: this.#port, token: this.#options.bind?.token });
    if (pathOf(request) !== '/v1/traces')
      throw new Refusal('not-found', 'Whyspan takes traces only, at /v1/traces.');
    this.#counters.countRequest();
    if (request.method !== 'POST') throw new Refusal('method', 'The method must be POST.');
    if (!encoding)
      throw new Refusal(
        'content-type',
        `The Content-Type must be one of ${Object.values(mediaTypes).join(', ')}.`,
      );
    const { result, body } = await this.#requests.take(request, encoding);
    if (this.#isDisposed) return;
    this.#give(result);
    this.#options.onAccepted?.(body);
    const answer = exportAnswer(encoding, result.rejectedSpans, rejectionText(result));
    response.writeHead(200, { 'content-type': mediaTypes[encoding], 'content-length': answer.length });
    response.end(answer);
  }

  #give(result: ExportedSpans): void {
    if (result.blocks.length > 0 || result.problems.length > 0)
      this.#options.onBlocks(result.blocks, result.problems);
    this.#counters.countSpans(result.spans, result.rejectedSpans);
  }
}

function pathOf(request: IncomingMessage): string | undefined {
  return request.url?.split('?', 1)[0];
}

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  { refusal, encoding }: { readonly refusal: Refusal; readonly encoding: OtlpEncoding },
): void {
  if (response.headersSent || response.destroyed) return;
  const answer = statusAnswer(encoding, refusal);
  const isTemporary = refusal.status === 429 || refusal.status === 503;
  response.setHeader('content-type', mediaTypes[encoding]);
  response.setHeader('content-length', answer.length);
  if (isTemporary) response.setHeader('retry-after', retryAfterS);
  if (refusal.status === 405) response.setHeader('allow', 'POST');
  if (!request.complete) response.setHeader('connection', 'close');
  response.statusCode = refusal.status;
  response.end(answer);
  if (request.complete) return;
  request.resume();
  const timer = setTimeout(() => request.socket.destroy(), drainMs);
  request.socket.once('close', () => clearTimeout(timer));
}
