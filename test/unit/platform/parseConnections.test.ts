import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { parseConnections, parseUrl } from '../../../src/platform/parseConnections';
import type { SettingProblem } from '../../../src/platform/settings';

function parse(value: unknown) {
  const problems: SettingProblem[] = [];
  const connections = parseConnections(value, problems);
  return {
    connections,
    messages: problems.map(({ message }) => message),
    keys: new Set(problems.map(({ key }) => key)),
  };
}

const one = (draft: Readonly<Record<string, unknown>>) => {
  const { connections, messages } = parse([{ name: 'a', url: 'http://h:16686', ...draft }]);
  return { connection: connections[0] ?? assert.fail('left out'), messages };
};

describe('parseUrl', () => {
  it('takes the base path out of what people paste from Jaeger’s UI', () => {
    const pasted = {
      'http://localhost:16686': 'http://localhost:16686',
      'http://localhost:16686/': 'http://localhost:16686',
      'http://localhost:16686/search': 'http://localhost:16686',
      'http://localhost:16686/search?service=a&lookback=1h': 'http://localhost:16686',
      'http://localhost:16686/trace/5b8aa5a2d2c872e8321cf37308d69df2?uiFind=1#x': 'http://localhost:16686',
      'http://localhost:16686/compare?a=1': 'http://localhost:16686',
      'http://localhost:16686/dependencies': 'http://localhost:16686',
      'http://localhost:16686/monitor': 'http://localhost:16686',
      'http://localhost:16686/api/traces?service=a': 'http://localhost:16686',
      'http://localhost:16686/api/services': 'http://localhost:16686',
      'http://localhost:16686/api/v3/services/': 'http://localhost:16686',
      'http://localhost:16686/api': 'http://localhost:16686',
      'https://tools.example.com/jaeger/ui': 'https://tools.example.com/jaeger/ui',
      'https://tools.example.com/jaeger/ui//': 'https://tools.example.com/jaeger/ui',
      'https://tools.example.com/jaeger/ui/search?service=a': 'https://tools.example.com/jaeger/ui',
      'https://tools.example.com/jaeger/trace/abc': 'https://tools.example.com/jaeger',
      'HTTPS://Tools.Example.com:443/x': 'https://tools.example.com/x',
      'http://[::1]:16686/search': 'http://[::1]:16686',
    };
    for (const [text, url] of Object.entries(pasted)) assert.equal(parseUrl(text), url, text);
  });

  it('leaves a base path that looks like an API as it is', () => {
    for (const url of [
      'http://localhost:8001/api/v1/namespaces/obs/services/jaeger:16686/proxy',
      'https://example.com/api/jaeger',
      'https://example.com/research',
      'https://example.com/my-search',
    ]) {
      assert.equal(parseUrl(url), url);
      assert.equal(parseUrl(`${url}/search?service=a`), url);
    }
  });

  it('ends without a slash, whatever the path', () => {
    const part = fc.constantFrom('api', 'search', 'trace', 'v3', 'jaeger', 'services', 'x');
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const url = parseUrl(`http://h/${parts.join('/')}`);
        assert.ok(typeof url === 'string');
        assert.match(url, /^http:\/\/h(\/[\w/]*\w)?$/);
      }),
    );
  });

  it('refuses credentials, and does not repeat them', () => {
    for (const text of ['http://me:secret@h', 'https://me@h/x', 'http://me:secret@h ost', 'me:secret@h']) {
      const url = parseUrl(text);
      assert.ok(typeof url === 'object', text);
      assert.doesNotMatch(url.problem, /secret/);
    }
    assert.deepEqual(parseUrl('http://me:secret@h'), {
      problem: 'its URL contains a user or password; use "auth" and the command “Set Secret” instead',
    });
  });

  it('refuses what is no address of http', () => {
    for (const text of [
      '',
      'localhost',
      'localhost:16686',
      'ftp://h',
      'file:///etc/passwd',
      'javascript:alert(1)',
      '//h',
      undefined,
    ]) {
      assert.equal(typeof parseUrl(text), 'object', text);
    }
  });
});

describe('parseConnections', () => {
  it('reads all of a connection', () => {
    const written = {
      name: ' staging ',
      url: 'https://h/jaeger/',
      auth: 'basic',
      username: 'me',
      headers: { 'X-Tenant': 'a' },
      caFile: '/ca.pem',
      certFile: '/c.pem',
      keyFile: '/k.pem',
      allowSelfSigned: true,
      uiUrl: 'https://ui/search',
    };
    const { connections, messages } = parse([written]);
    assert.deepEqual(messages, []);
    const url = 'https://h/jaeger';
    const auth = { type: 'basic', username: 'me' };
    const { username: _, ...rest } = written;
    assert.deepEqual(connections, [{ ...rest, name: 'staging', url, auth, uiUrl: 'https://ui' }]);
  });

  it('has nothing but the URL when nothing else is written', () => {
    const nothing = { caFile: undefined, certFile: undefined, keyFile: undefined, uiUrl: undefined };
    assert.deepEqual(one({}), {
      connection: {
        name: 'a',
        url: 'http://h:16686',
        auth: { type: 'none' },
        headers: {},
        allowSelfSigned: false,
        ...nothing,
      },
      messages: [],
    });
  });

  it('says which connection has no usable URL, and keeps the others', () => {
    const { connections, messages, keys } = parse([
      { name: 'x' },
      5,
      { name: 'y', url: 'http://h' },
      { url: 'nope' },
    ]);
    assert.deepEqual(
      connections.map(({ name }) => name),
      ['y'],
    );
    assert.deepEqual(
      messages.map((message) => message.split(':')[0]),
      ['“x”', '“connection 2”', '“connection 4”'],
    );
    assert.deepEqual([...keys], ['whyspan.connections']);
  });

  it('leaves the second of a name out', () => {
    const { connections, messages } = parse([
      { name: 'a', url: 'http://one' },
      { name: 'a', url: 'http://two' },
    ]);
    assert.deepEqual(
      connections.map(({ url }) => url),
      ['http://one'],
    );
    assert.match(messages.join(), /two connections named “a”/);
  });

  it('reads each way of authentication', () => {
    assert.deepEqual(one({ auth: 'bearer' }).connection.auth, { type: 'bearer' });
    const command = { type: 'command', command: 'print-token' };
    assert.deepEqual(one({ auth: 'command', tokenCommand: 'print-token' }).connection.auth, command);
    for (const auth of [{ auth: 'command' }, { auth: 'kerberos' }]) {
      const { connection, messages } = one(auth);
      assert.deepEqual([connection.auth, messages.length], [{ type: 'none' }, 1]);
    }
  });

  it('keeps no header that could not be sent', () => {
    const headers = {
      ok: 'v',
      latin: 'é',
      'bad name': 'v',
      split: 'a\r\nX: b',
      emoji: '🚀',
      number: 5,
      '': 'v',
    };
    const { connection, messages } = one({ headers });
    assert.deepEqual(connection.headers, { ok: 'v', latin: 'é' });
    assert.equal(messages.length, 5);
  });

  it('opens no other address than one of http', () => {
    for (const uiUrl of ['javascript:alert(1)', 'file:///etc/passwd', 'http://me:secret@h', 'x']) {
      const { connection, messages } = one({ uiUrl });
      assert.equal(connection.uiUrl, undefined);
      assert.match(messages.join(), /^“a” has a uiUrl that cannot be opened/);
    }
  });

  it('never throws, and every connection it gives can be asked', () => {
    const connection = fc.record(
      {
        name: fc.anything(),
        url: fc.oneof(fc.webUrl(), fc.anything()),
        auth: fc.anything(),
        headers: fc.anything(),
        uiUrl: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.array(connection), fc.anything()), (value) => {
        for (const { url, name } of parse(value).connections) {
          assert.match(new URL(url).protocol, /^https?:$/);
          assert.notEqual(name, '');
        }
      }),
      { numRuns: 50 },
    );
  }).timeout(20_000);
});
