// @ts-check
import { timingSafeEqual } from 'node:crypto';
import http from 'node:http';
import net from 'node:net';

/**
 * @typedef {object} TokenGate
 * @property {string} url opens the window: it carries the token, which a cookie then replaces
 * @property {string} authority host and port, as in vscode-remote URIs
 * @property {() => void} close
 */

/**
 * The only door to a server that asks for no password itself: listens on 127.0.0.1, lets in who once showed the token,
 * and passes requests and web sockets on. A cookie that other sites' requests do not carry remembers the visitor.
 * @param {object} options
 * @param {string} options.token
 * @param {number} [options.port] default: a free one
 * @param {() => {socketPath: string, landing: string}} options.target asked at each request: the server may start later
 * @returns {Promise<TokenGate>}
 */
export async function openTokenGate({ token, port = 0, target }) {
  let cookieName = '';
  const isLetIn = (/** @type {http.IncomingMessage} */ request) =>
    (request.headers.cookie ?? '')
      .split(/;\s*/)
      .some((pair) => pair.startsWith(`${cookieName}=`) && isSame(pair.slice(cookieName.length + 1), token));

  const server = http.createServer((request, response) => {
    const shown = new URL(request.url ?? '/', 'http://gate').searchParams.get('token');
    if (shown !== null && isSame(shown, token)) {
      const cookie = `${cookieName}=${token}; Path=/; HttpOnly; SameSite=Lax`;
      response
        .writeHead(302, { location: target().landing, 'set-cookie': cookie, 'cache-control': 'no-store' })
        .end();
    } else if (!isLetIn(request)) {
      response
        .writeHead(403, { 'content-type': 'text/plain' })
        .end('Open the address that was printed: it carries a token.\n');
    } else {
      forward(request, response, target().socketPath);
    }
  });
  server.on('upgrade', (request, socket, head) => {
    if (isLetIn(request)) forwardUpgrade(request, socket, head, target().socketPath);
    else socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(undefined));
  });
  const address = server.address();
  const authority = `127.0.0.1:${typeof address === 'object' && address ? address.port : port}`;
  cookieName = `whyspan-${authority.split(':')[1]}`; // cookies know no ports: two windows must not share a name
  return {
    url: `http://${authority}/?token=${token}`,
    authority,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/**
 * @param {http.IncomingMessage} request
 * @param {http.ServerResponse} response
 * @param {string} socketPath
 */
function forward(request, response, socketPath) {
  const onward = http.request(
    { socketPath, method: request.method, path: request.url, headers: request.headers },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    },
  );
  onward.on('error', (error) => {
    if (!response.headersSent) response.writeHead(502, { 'content-type': 'text/plain' });
    response.end(`${error.message}\n`);
  });
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}

/**
 * @param {http.IncomingMessage} request
 * @param {import('node:stream').Duplex} socket
 * @param {Buffer} head
 * @param {string} socketPath
 */
function forwardUpgrade(request, socket, head, socketPath) {
  const onward = net.connect(socketPath, () => {
    const lines = [`${request.method} ${request.url} HTTP/1.1`];
    for (let i = 0; i < request.rawHeaders.length; i += 2)
      lines.push(`${request.rawHeaders[i]}: ${request.rawHeaders[i + 1]}`);
    onward.write(`${lines.join('\r\n')}\r\n\r\n`);
    onward.write(head);
    onward.pipe(socket).pipe(onward);
  });
  onward.on('error', () => socket.destroy());
  socket.on('error', () => onward.destroy());
  onward.on('close', () => socket.destroy());
  socket.on('close', () => onward.destroy());
}

/**
 * @param {string} a
 * @param {string} b
 */
function isSame(a, b) {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
