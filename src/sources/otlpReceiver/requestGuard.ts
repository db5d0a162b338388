import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal';

/** What a request must show. */
export interface GuardOptions {
  readonly port: number;
  /** Demanded instead of a loopback Host when the receiver is bound to more than loopback. */
  readonly token: string | undefined;
}

/** The header that carries the token. */
export const tokenHeader = 'x-whyspan-token';

/**
 * Throws a Refusal for what a web page could have sent: anything with an Origin, and, since a page can make its own
 * name resolve to 127.0.0.1 (DNS rebinding), anything with another Host than loopback's with our port.
 */
export function guardRequest(request: IncomingMessage, { port, token }: GuardOptions): void {
  refuseOrigin(request);
  if (token === undefined) {
    if (!hasLoopbackHost(request, port))
      throw new Refusal('forbidden', `The Host must be 127.0.0.1, localhost or [::1], with port ${port}.`);
    return;
  }
  const given = request.headers[tokenHeader];
  if (typeof given !== 'string' || !isSame(given, token))
    throw new Refusal('unauthorized', `The header ${tokenHeader} is missing or wrong.`);
}

/** Throws a Refusal unless the request comes from this machine, for this machine, and from no web page. */
export function guardLoopback(request: IncomingMessage, port: number): void {
  refuseOrigin(request);
  const from = request.socket.remoteAddress ?? '';
  if (!/^(::ffff:)?127\.|^::1$/.test(from) || !hasLoopbackHost(request, port))
    throw new Refusal('forbidden', 'This is for programs on this machine.');
}

function refuseOrigin(request: IncomingMessage): void {
  if (request.headers.origin !== undefined)
    throw new Refusal('forbidden', 'A request with an Origin, from a web page, is not taken.');
}

function hasLoopbackHost(request: IncomingMessage, port: number): boolean {
  return isLoopbackHost(request.headers.host ?? '', port);
}

/** Whether a Host, or HTTP/2's :authority, is this machine with a port. */
export function isLoopbackHost(host: string, port: number): boolean {
  const given = host.toLowerCase();
  return ['127.0.0.1', 'localhost', '[::1]'].some((name) => given === `${name}:${port}`);
}

/** In constant time: of hashes, since timingSafeEqual wants the same length. */
function isSame(a: string, b: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
