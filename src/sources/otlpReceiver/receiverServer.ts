import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Server as NetServer } from 'node:net';
import type { ReceiverLimits } from './receiverLimits';
import type { RefusalReason } from './refusal';

/** How often Node looks for connections that are too slow. */
const longestCheckMs = 1000;

const badRequest: readonly [string, RefusalReason] = ['400 Bad Request', 'malformed'];
/** What Node's parser finds, before there is a request. */
const clientErrors: Readonly<Record<string, readonly [string, RefusalReason]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'timeout'],
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'malformed'],
};

/** A server that ends connections that are slow, idle or too many. `onRefused` hears of what came to no request. */
export function createReceiverServer(
  limits: ReceiverLimits,
  onRequest: RequestListener,
  onRefused: (reason: RefusalReason) => void,
): Server {
  const timeouts = {
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.idleTimeoutMs,
    connectionsCheckingInterval: Math.min(longestCheckMs, limits.headersTimeoutMs),
  };
  const server = createServer(timeouts, onRequest);
  server.maxConnections = limits.maxConnections;
  server.on('drop', () => {
    onRefused('connections');
    // Programs that have gone quiet make room for the next.
    server.closeIdleConnections();
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // A connection that its client gave up is no fault of a request.
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const [status, reason] = clientErrors[error.code ?? ''] ?? badRequest;
    onRefused(reason);
    const answer = `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
    socket.end(answer, () => socket.destroy());
  });
  return server;
}

/** Listens; answers the port, or undefined when another program has it. Throws what else the system says. */
export function listen(server: NetServer, port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => {
      // EACCES: Windows reserves ranges of ports.
      const isTaken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      if (isTaken && port !== 0) resolve(undefined);
      else reject(error);
    };
    server.once('error', onError);
    server.listen({ port, host, exclusive: true }, () => {
      server.off('error', onError);
      // From here on an error is one connection's, which has been closed.
      server.on('error', () => undefined);
      const address: AddressInfo | string | null = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}
