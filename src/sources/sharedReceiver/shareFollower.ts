import { request as httpRequest, type IncomingMessage } from 'node:http';
import { asObject, own } from '../../core/decode/jsonValue';
import type { Disposable } from '../../core/event';
import type { AcceptedBody } from '../otlpReceiver/acceptedBody';
import { smallAnswer } from '../otlpReceiver/smallAnswer';
import { RelayReader } from './relayFrame';
import { nonceHeader, proofHeader, sharePath } from './shareDesk';
import { isNonce, isShareProof, newNonce, type ShareExchange, shareProof } from './shareProof';

const answerTimeoutMs = 2000;

/** What following needs. */
export interface FollowOptions {
  readonly port: number;
  readonly secret: Uint8Array;
  /** Takes a body in; the next one waits for it. What it throws is the caller's to tell. */
  readonly onBody: (body: AcceptedBody) => Promise<void>;
  /** The holder is gone, or sends what no window sends. Not called after the following was disposed. */
  readonly onEnd: () => void;
}

/** Has the program at a port prove that it is a window of this user; `undefined` when it cannot. Tells it nothing. */
export async function askForProof(port: number, secret: Uint8Array): Promise<ShareExchange | undefined> {
  const followerNonce = newNonce();
  const headers = { [nonceHeader]: followerNonce };
  const answer = await smallAnswer(port, sharePath, answerTimeoutMs, headers);
  const given = asObject(answer === undefined ? undefined : parse(answer)) ?? {};
  const holderNonce = own(given, 'nonce');
  if (!isNonce(holderNonce)) return undefined;
  const exchange = { port, followerNonce, holderNonce };
  return isShareProof(own(given, 'proof'), secret, 'holder', exchange) ? exchange : undefined;
}

/** Gets, from now on, what the window at a port receives. `undefined` when it is none of this user's, or has no room. */
export async function followShare(options: FollowOptions): Promise<Disposable | undefined> {
  const exchange = await askForProof(options.port, options.secret);
  const stream = exchange && (await openStream(exchange, options.secret));
  if (!stream) return undefined;
  let isDisposed = false;
  readAll(stream, options.onBody)
    .catch(() => undefined)
    .finally(() => {
      stream.destroy();
      if (!isDisposed) options.onEnd();
    });
  return {
    dispose: () => {
      isDisposed = true;
      stream.destroy();
    },
  };
}

function openStream(exchange: ShareExchange, secret: Uint8Array): Promise<IncomingMessage | undefined> {
  const headers = {
    [nonceHeader]: exchange.holderNonce,
    [proofHeader]: shareProof(secret, 'follower', exchange),
    'content-length': 0,
  };
  const where = { host: '127.0.0.1', port: exchange.port, path: sharePath, method: 'POST' };
  return new Promise((resolve) => {
    const request = httpRequest({ ...where, headers, agent: false }, (response) => {
      clearTimeout(timer);
      if (response.statusCode === 200) resolve(response);
      else {
        response.destroy();
        resolve(undefined);
      }
    });
    const timer = setTimeout(() => request.destroy(), answerTimeoutMs);
    // Also told of a connection that breaks later, which the stream tells as well.
    request.on('error', () => resolve(undefined));
    request.on('close', () => clearTimeout(timer));
    request.end();
  });
}

/** While a body is taken in no more is read: the holder sees that, and drops what it has no room for. */
async function readAll(
  stream: AsyncIterable<unknown>,
  onBody: (body: AcceptedBody) => Promise<void>,
): Promise<void> {
  const reader = new RelayReader();
  for await (const chunk of stream) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('a stream of text, not bytes');
    for (const body of reader.push(chunk)) await onBody(body);
  }
}

function parse(text: string): unknown {
  try {
    const json: unknown = JSON.parse(text);
    return json;
  } catch {
    return undefined;
  }
}
