import assert from 'node:assert/strict';
import type { RequestListener, ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { type FailureKind, type HumanError, isHumanError } from '../../../src/core/humanError';
import { isCancellation } from '../../../src/sources/cancellation';
import type { JaegerClientOptions } from '../../../src/sources/jaegerClient';
import { selfSignedCertificate } from '../../../tools/jaeger/selfSignedCertificate.mjs';
import { type LyingServer, startLyingServer } from './lyingServer';
import { emptyAnswer, envelopeEnd, never, testClient, traceJson } from './testClient';

const query = { service: 'ai', startUs: 0, endUs: 1, limit: 100 };
const token = 'very-secret-token';

async function failure(promise: Promise<unknown>): Promise<HumanError> {
  const error = await promise.then(
    () => assert.fail('no failure'),
    (reason: unknown) => reason,
  );
  assert.ok(isHumanError(error), String(error));
  assert.ok(
    !`${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`.includes(token),
    'shows the token',
  );
  return error;
}

describe('JaegerClient and a server that lies', function () {
  this.timeout(20_000);
  const servers: LyingServer[] = [];
  const serve = async (listener: RequestListener) => {
    const server = await startLyingServer(listener);
    servers.push(server);
    return server;
  };
  const bearer = { auth: { type: 'bearer' as const } };
  const ask = async (listener: RequestListener, options: Partial<JaegerClientOptions> = {}) => {
    const server = await serve(listener);
    const deps = { readSecret: () => Promise.resolve(token) };
    return testClient({ url: `${server.url}/base`, ...bearer }, deps, options);
  };
  const body = (
    text: string | Buffer,
    status = 200,
    headers: Record<string, string> = {},
  ): RequestListener => {
    return (_, response) => response.writeHead(status, headers).end(text);
  };
  const timeouts = { idleMs: 150, totalMs: 400 };
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop();
  });

  const answers: readonly [string, RequestListener, FailureKind, RegExp][] = [
    [
      'a web page',
      body('<!doctype html><p>Jaeger UI'),
      'not-jaeger',
      /base\/api\/traces answered with a web page, not Jaeger's API/,
    ],
    ['a web page after blanks', body('\n\n  <html>'), 'not-jaeger', /web page/],
    ['an empty body', body(''), 'broken-answer', /ended early/],
    ['plain text', body('hello'), 'broken-answer', /not valid JSON/],
    ['JSON of others', body('{"hello":"world"}'), 'not-jaeger', /not Jaeger's/],
    ['JSON of Prometheus', body('{"status":"success","data":["a"]}'), 'not-jaeger', /not Jaeger's/],
    ['a list', body('[1,2]'), 'broken-answer', /not valid JSON/],
    ['broken JSON inside', body(`{"data":[{"a":1,}${envelopeEnd}`), 'broken-answer', /not valid JSON/],
    ['broken JSON outside', body('{"data":[],"total":}'), 'broken-answer', /not valid JSON/],
    ['half an answer without a trace', body('{"data":[{"traceID":"a'), 'broken-answer', /ended early/],
    ['no content', body('', 204), 'not-jaeger', /204/],
    [
      '400',
      body('{"data":null,"errors":[{"code":400,"msg":"bad\\u001b[31m thing"}]}', 400),
      'server',
      /400: bad \[31m thing/,
    ],
    ['401', body(`no\u0007 entry ${'x'.repeat(500)}`, 401), 'unauthorized', /401: no +entry x{100,200}…/],
    ['403', body('', 403), 'unauthorized', /HTTP 403/],
    ['404', body('<html>404</html>', 404), 'not-jaeger', /base path/],
    ['407', body('', 407), 'unauthorized', /http\.proxy/],
    ['429', body('slow down', 429), 'server', /poll interval/],
    [
      '500',
      body('{"data":null,"errors":[{"code":500,"msg":"storage is down"}]}', 500),
      'server',
      /storage is down/,
    ],
    ['502', body('<html>Bad Gateway</html>', 502), 'server', /before Jaeger/],
    [
      'a port that wants TLS',
      body('Client sent an HTTP request to an HTTPS server.\n', 400),
      'configuration',
      /https:\/\//,
    ],
    ['a reset', (request) => request.socket.destroy(), 'unreachable', /closed the connection/],
    [
      'what is not HTTP',
      (request) => request.socket.end('SSH-2.0-OpenSSH\r\n'),
      'unreachable',
      /not answer in HTTP/,
    ],
    ['an endless error', endless(500, 'x'), 'server', /HTTP 500/],
  ];
  for (const [what, listener, kind, message] of answers) {
    it(`names ${what}`, async () => {
      const error = await failure((await ask(listener)).search(query, never));
      assert.deepEqual([error.kind, message.test(error.message) ? '' : error.message], [kind, '']);
      assert.ok(!error.message.includes('?'.concat('service')), 'shows the query');
    });
  }

  it('gives up on silence, before the head and within the body, and on slowness', async () => {
    const silent = await failure((await ask(() => undefined, { timeouts })).search(query, never));
    assert.deepEqual([silent.kind, /said nothing for 0\.2 s/.test(silent.message)], ['timeout', true]);
    const halted = await ask((_, response) => response.write('{"data":['), { timeouts });
    assert.equal((await failure(halted.search(query, never))).kind, 'timeout');
    const drip: RequestListener = (_, response) => {
      response.write('{"data":[');
      const timer = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(timer));
    };
    const slow = await failure((await ask(drip, { timeouts })).search(query, never));
    assert.match(slow.message, /had not finished its answer after 0\.4 s/);
  });

  it('keeps the traces that came before a cut, and says so', async () => {
    const cut = `{"data":[${traceJson(1)},${traceJson(2)},{"traceID":"abc`;
    for (const end of [
      (response: ServerResponse) => response.end(),
      (response: ServerResponse) => setTimeout(() => response.destroy(), 50),
    ]) {
      const client = await ask((_, response) => {
        response.write(cut);
        end(response);
      });
      const answer = await client.search(query, never);
      assert.deepEqual([answer.traces.length, answer.isPartial], [2, true]);
      assert.deepEqual(answer.problems, [{ what: 'the answer ended early', where: '' }]);
    }
  });

  it('stops at 64 MB, and at a bomb of gzip', async () => {
    const big = await failure(
      (await ask(endless(200, 'x'.repeat(65_536), '{"data":[{"a":"'))).search(query, never),
    );
    assert.deepEqual([big.kind, /larger than 64 MB/.test(big.message)], ['too-large', true]);
    const bomb = gzipSync(Buffer.from(`{"data":[{"a":"${'0'.repeat(80 * 1024 ** 2)}"}${envelopeEnd}`));
    assert.ok(bomb.length < 200_000);
    const zipped = await ask(body(bomb, 200, { 'content-encoding': 'gzip' }));
    assert.equal((await failure(zipped.search(query, never))).kind, 'too-large');
  });

  it('reads what is compressed', async () => {
    const zipped = body(gzipSync(`{"data":[${traceJson(1)}${envelopeEnd}`), 200, {
      'content-encoding': 'gzip',
    });
    assert.equal((await (await ask(zipped)).search(query, never)).traces.length, 1);
  });

  it('follows redirects within the origin, at most five', async () => {
    const client = await ask((request, response) => {
      const hop = Number(/hop=(\d)/.exec(request.url ?? '')?.[1] ?? 0);
      if (hop === 5) response.end(emptyAnswer);
      else response.writeHead(302, { location: `/elsewhere?hop=${hop + 1}` }).end();
    });
    await client.search(query, never);
    assert.ok(servers[0]?.requests.every(({ headers }) => headers.authorization === `Bearer ${token}`));
    const circle = await failure((await ask(body('', 307, { location: '/a' }))).search(query, never));
    assert.deepEqual([circle.kind, /circles/.test(circle.message)], ['redirected', true]);
    assert.equal(servers[1]?.requests.length, 6);
  });

  it('goes to no other origin', async () => {
    const other = await serve(body(emptyAnswer));
    for (const location of [
      `${other.url}/x`,
      `//127.0.0.1:${other.port}/`,
      'file:///etc/passwd',
      'http://[',
    ]) {
      const error = await failure((await ask(body('', 302, { location }))).search(query, never));
      assert.equal(error.kind, 'redirected');
      if (location.includes(String(other.port))) assert.ok(error.message.includes(other.url), error.message);
    }
    assert.equal(other.requests.length, 0);
  });

  it('asks the token command again after a 401, once', async () => {
    let runs = 0;
    const runCommand = () => Promise.resolve(`token-${++runs}\n`);
    const server = await serve((request, response) => {
      const isRight = request.headers.authorization === 'Bearer token-2';
      response.writeHead(isRight ? 200 : 401).end(isRight ? emptyAnswer : 'token has run out');
    });
    const command = { auth: { type: 'command' as const, command: 'x' } };
    const client = testClient({ url: server.url, ...command }, { runCommand });
    await client.search(query, never);
    await client.search(query, never);
    assert.deepEqual([runs, server.requests.length], [2, 3]);
    const refused = await serve(body('no', 401));
    const error = await failure(
      testClient({ url: refused.url, ...command }, { runCommand }).search(query, never),
    );
    assert.deepEqual([error.kind, runs, refused.requests.length], ['unauthorized', 4, 2]);
  });

  it('sends the extra headers, a traceparent that is not sampled, and asks one thing at a time', async () => {
    let open = 0;
    let most = 0;
    const server = await serve((_, response) => {
      most = Math.max(most, ++open);
      setTimeout(() => {
        open--;
        response.end(emptyAnswer);
      }, 20);
    });
    const client = testClient({ url: server.url, headers: { 'X-Tenant': 'acme' } });
    const order: string[] = [];
    await Promise.all([
      client.search(query, never).then(() => order.push('first')),
      client.search(query, never).then(() => order.push('second')),
      client.trace('abc', { signal: never }).catch(() => order.push('trace')),
    ]);
    assert.deepEqual([most, order], [1, ['first', 'trace', 'second']]);
    assert.equal(server.requests[0]?.headers['x-tenant'], 'acme');
    assert.match(String(server.requests[0]?.headers.traceparent), /^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
  });

  it('is silent when cancelled: running, waiting, before', async () => {
    const client = await ask((_, response) => response.write('{"data":['));
    const running = new AbortController();
    const waiting = new AbortController();
    const first = client.search(query, running.signal);
    const second = client.search(query, waiting.signal);
    setTimeout(() => waiting.abort(), 20);
    setTimeout(() => running.abort(), 60);
    await assert.rejects(second, isCancellation);
    await assert.rejects(first, isCancellation);
    await assert.rejects(client.search(query, running.signal), isCancellation);
  });

  it('lets others breathe while it reads a large answer', async () => {
    const text = `{"data":[${Array.from({ length: 4000 }, (_, i) => traceJson(i, 'x'.repeat(2000))).join(',')}${envelopeEnd}`;
    const client = await ask(body(text));
    let longest = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 1);
    const answer = await client.search(query, never);
    clearInterval(timer);
    assert.equal(answer.traces.length, 4000);
    assert.ok(longest < 300, `blocked for ${longest} ms`);
  });

  it('does not repeat a token that a server repeats', async () => {
    const error = await failure((await ask(body(`bad token ${token}`, 401))).search(query, never));
    assert.match(error.message, /bad token …/);
  });

  it('names the configuration that is wrong', async () => {
    for (const [more, message] of [
      [{ url: 'nonsense' }, /is no URL/],
      [{ url: 'ftp://x' }, /must begin with http/],
      [{ url: `http://user:${token}@x` }, /must not hold a user name/],
      [{ url: 'https://x', caFile: '/nope' }, /“caFile”.*\/nope, which does not exist/],
      [{ url: 'https://x', keyFile: __filename }, /“keyFile”.*not a PEM/],
      [{ url: 'http://127.0.0.1:1', headers: { 'a b': 'c' } }, /header/],
      [{ url: 'http://127.0.0.1:1', headers: { a: 'b\nc' } }, /header/],
    ] as const) {
      const error = await failure(testClient(more).services(never));
      assert.deepEqual([error.kind, message.test(error.message) ? '' : error.message], ['configuration', '']);
    }
  });

  it('names a name without an address and a port without a server', async () => {
    const unknown = await failure(testClient({ url: 'http://whyspan.invalid' }).services(never));
    assert.match(unknown.message, /host name/);
    const server = await startLyingServer(() => undefined);
    await server.stop();
    assert.match(
      (await failure(testClient({ url: server.url }).services(never))).message,
      /refuses the connection/,
    );
  });

  it('names a certificate nobody knows, and http on its port', async () => {
    const { certificate, key } = selfSignedCertificate();
    const server = https.createServer(
      { cert: certificate, key },
      (_, response) => void response.end(emptyAnswer),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const unknown = await failure(testClient({ url: `https://127.0.0.1:${port}` }).services(never));
    assert.deepEqual([unknown.kind, /allowSelfSigned/.test(unknown.message)], ['certificate', true]);
    const client = testClient({ url: `https://127.0.0.1:${port}`, allowSelfSigned: true });
    assert.deepEqual(await client.services(never), []);
    const plain = await failure(testClient({ url: `http://127.0.0.1:${port}` }).services(never));
    assert.equal(plain.kind, 'unreachable');
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});

function endless(status: number, piece: string, start = ''): RequestListener {
  return (_, response) => {
    response.writeHead(status);
    response.write(start);
    const more = () => {
      while (!response.destroyed && response.write(piece.repeat(4)));
    };
    response.on('drain', more);
    more();
  };
}
