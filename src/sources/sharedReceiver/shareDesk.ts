import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Disposable } from '../../core/event';
import type { AcceptedBody } from '../otlpReceiver/acceptedBody';
import { Refusal } from '../otlpReceiver/refusal';
import { relayHeader } from './relayFrame';
import { isNonce, isShareProof, newNonce, type ShareExchange, shareProof } from './shareProof';

/** The path at which windows share; and the headers of their proofs. */
export const sharePath = '/whyspan/share';
export const nonceHeader = 'x-whyspan-nonce';
export const proofHeader = 'x-whyspan-proof';

const maxFollowers = 8;
/** Attempts that have begun and were not ended; the oldest makes room. */
const maxExchanges = 32;
/** Bytes that wait for one follower; a body beyond them is dropped for it. */
const maxWaitingBytes = 32 * 1024 * 1024;

/** How sharing goes. */
export interface ShareStats {
  readonly followers: number;
  /** Bodies that were passed on, once for each follower. */
  readonly passed: number;
  /** Bodies that a follower was too slow for. */
  readonly dropped: number;
}

/** What a desk needs. */
export interface ShareDeskOptions {
  readonly readSecret: () => Promise<Uint8Array>;
  /** Hears when a follower came or went. */
  readonly onDidChangeFollowers?: (followers: number) => void;
  /** Hears of each body that was dropped. */
  readonly onDropped?: () => void;
  readonly maxWaitingBytes?: number;
}

/**
 * Gives other windows of the same user what this one has received. A window asks (GET) and is shown that this one knows the
 * secret; then it shows the same (POST), and the answer to that is a stream of bodies until one of the two is gone.
 */
export class ShareDesk implements Disposable {
  readonly #options: ShareDeskOptions;
  readonly #exchanges = new Map<string, ShareExchange>();
  readonly #followers = new Set<ServerResponse>();
  #passed = 0;
  #dropped = 0;

  constructor(options: ShareDeskOptions) {
    this.#options = options;
  }

  get stats(): ShareStats {
    return { followers: this.#followers.size, passed: this.#passed, dropped: this.#dropped };
  }

  /** Answers a request for `sharePath` that came to a port of ours from this machine. Throws a Refusal. */
  async handle(request: IncomingMessage, response: ServerResponse, port: number): Promise<void> {
    const nonce = request.headers[nonceHeader];
    if (!isNonce(nonce)) throw new Refusal('forbidden', 'This is for windows with Whyspan.');
    if (request.method === 'GET') await this.#begin(nonce, response, port);
    else if (request.method === 'POST') await this.#follow(nonce, request, response);
    else throw new Refusal('method', 'The method must be GET or POST.');
  }

  /** Passes a body on to those who follow. Never waits: who is too slow goes without it. */
  pass(body: AcceptedBody): void {
    const limit = this.#options.maxWaitingBytes ?? maxWaitingBytes;
    for (const follower of this.#followers) {
      if (follower.writableLength > 0 && follower.writableLength + body.bytes.length > limit) {
        this.#dropped++;
        this.#options.onDropped?.();
        continue;
      }
      follower.write(relayHeader(body));
      if (body.bytes.length > 0) follower.write(body.bytes);
      this.#passed++;
    }
  }

  dispose(): void {
    for (const follower of this.#followers) follower.destroy();
    this.#followers.clear();
    this.#exchanges.clear();
  }

  async #begin(followerNonce: string, response: ServerResponse, port: number): Promise<void> {
    const exchange = { port, followerNonce, holderNonce: newNonce() };
    const proof = shareProof(await this.#options.readSecret(), 'holder', exchange);
    const [oldest] = this.#exchanges.keys();
    if (oldest !== undefined && this.#exchanges.size >= maxExchanges) this.#exchanges.delete(oldest);
    this.#exchanges.set(exchange.holderNonce, exchange);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ nonce: exchange.holderNonce, proof }));
  }

  async #follow(holderNonce: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange = this.#exchanges.get(holderNonce);
    this.#exchanges.delete(holderNonce);
    const secret = await this.#options.readSecret();
    if (!exchange || !isShareProof(request.headers[proofHeader], secret, 'follower', exchange))
      throw new Refusal('unauthorized', 'This window does not know the secret of the other.');
    if (this.#followers.size >= maxFollowers)
      throw new Refusal('too-many', 'Too many windows share this one’s traces.');
    this.#followers.add(response);
    response.on('close', () => {
      if (this.#followers.delete(response)) this.#options.onDidChangeFollowers?.(this.#followers.size);
    });
    response.writeHead(200, { 'content-type': 'application/octet-stream' });
    response.flushHeaders();
    this.#options.onDidChangeFollowers?.(this.#followers.size);
  }
}
