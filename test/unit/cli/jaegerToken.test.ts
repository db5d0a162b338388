import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { describe, it } from 'mocha';
import { whyspan } from './fakeIo';

/** A server that answers every request so, and the authorization of each. */
async function serve(answer: (path: string) => { status: number; location?: string; body?: string }) {
  const seen: (string | undefined)[] = [];
  const server: Server = createServer((request, response) => {
    seen.push(request.headers.authorization);
    const { status, location, body = '{"data":[],"total":0,"errors":null}' } = answer(request.url ?? '');
    response.writeHead(status, { 'content-type': 'application/json', ...(location ? { location } : {}) });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, seen, close: () => server.close() };
}

describe('whyspan and a Jaeger', () => {
  it('sends the token to the origin that was given, and to no other', async () => {
    const other = await serve(() => ({ status: 200 }));
    const jaeger = await serve((path) =>
      path.includes('services') ? { status: 200 } : { status: 302, location: `${other.url}/api/traces` },
    );
    try {
      const env = { WHYSPAN_TOKEN: 'secret-token-of-tests' };
      assert.equal((await whyspan(['list', '--jaeger', jaeger.url], { env })).code, 1);
      await whyspan(['list', '--jaeger', jaeger.url, '--service', 'a'], { env });
      assert.deepEqual(new Set(jaeger.seen), new Set(['Bearer secret-token-of-tests']));
      assert.ok(other.seen.every((authorization) => authorization === undefined));
      await whyspan(['list', '--jaeger', jaeger.url]);
      assert.equal(jaeger.seen.at(-1), undefined);
    } finally {
      jaeger.close();
      other.close();
    }
  });

  it('says why it could not be asked', async () => {
    const refusing = await serve(() => ({ status: 401, body: '' }));
    try {
      for (const url of [refusing.url, 'http://127.0.0.1:1', 'nonsense', 'ftp://x']) {
        const { code, out, err } = await whyspan(['list', '--jaeger', url]);
        assert.deepEqual([code, out], [3, ''], url);
        assert.match(err, /^whyspan: .+\n$/);
      }
    } finally {
      refusing.close();
    }
  });
});
