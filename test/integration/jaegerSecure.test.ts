import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FailureKind, isHumanError } from '../../src/core/humanError';
import type { Connection } from '../../src/sources/connection';
import { Credentials } from '../../src/sources/credentials';
import { JaegerClient } from '../../src/sources/jaegerClient';
import { startJaeger } from '../../tools/jaeger/startJaeger.mjs';

const never = new AbortController().signal;

// Without traces: this Jaeger files what its receivers get under no tenant, where no tenant sees it.
describe('JaegerClient and a guarded Jaeger', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'whyspan-secure-'));
  const caFile = join(folder, 'ca.pem');
  let jaeger: Awaited<ReturnType<typeof startJaeger>>;

  function client(more: Partial<Connection>, password = 'trace-me'): JaegerClient {
    const connection: Connection = {
      name: 'secure',
      url: jaeger.url,
      auth: { type: 'basic', username: 'whyspan' },
      headers: { 'X-Tenant': 'acme' },
      caFile,
      certFile: undefined,
      keyFile: undefined,
      allowSelfSigned: false,
      uiUrl: undefined,
      ...more,
    };
    const readSecret = () => Promise.resolve(password === '' ? undefined : password);
    return new JaegerClient({ connection, credentials: new Credentials(connection, { readSecret }) });
  }

  before(async () => {
    jaeger = await startJaeger({ config: 'secure' });
    writeFileSync(caFile, jaeger.secure?.certificate ?? '');
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await jaeger?.stop();
  });

  it('answers to the right credentials and tenant', async () => {
    assert.deepEqual(await client({}).services(never), []);
    assert.deepEqual(await client({ url: `${jaeger.url}/` }).services(never), [], 'a slash at the end');
  });
  it('answers to another tenant', async () =>
    assert.deepEqual(await client({ headers: { 'x-tenant': 'umbrella' } }).services(never), []));
  it('is trusted without its certificate when told so', async () =>
    assert.deepEqual(await client({ caFile: undefined, allowSelfSigned: true }).services(never), []));

  const failures: readonly [string, Partial<Connection>, FailureKind, RegExp, string?][] = [
    ['no tenant', { headers: {} }, 'unauthorized', /missing tenant header/],
    ['an unknown tenant', { headers: { 'x-tenant': 'nope' } }, 'unauthorized', /unknown tenant/],
    ['a wrong password', {}, 'unauthorized', /invalid credentials/, 'wrong'],
    ['no password', {}, 'unauthorized', /No password is stored for https:/, ''],
    ['no credentials', { auth: { type: 'none' } }, 'unauthorized', /no basic auth provided/],
    [
      'a token instead',
      { auth: { type: 'bearer' } },
      'unauthorized',
      /invalid authorization scheme/,
      'abcdef',
    ],
    ['an unknown certificate', { caFile: undefined }, 'certificate', /“caFile”.*“allowSelfSigned”/],
    [
      'a missing caFile',
      { caFile: '/nope/ca.pem' },
      'configuration',
      /“caFile”.*\/nope\/ca\.pem.*does not exist/,
    ],
  ];
  for (const [what, more, kind, message, password] of failures) {
    it(`tells of ${what}`, () =>
      assert.rejects(client(more, password).services(never), (error) => {
        assert.ok(isHumanError(error));
        assert.deepEqual([error.kind, message.test(error.message) ? '' : error.message], [kind, '']);
        return true;
      }));
  }

  it('tells of http where https is meant, and of a missing base path', async () => {
    const plain = client({ url: jaeger.url.replace('https:', 'http:') }).services(never);
    await assert.rejects(plain, (error) => isHumanError(error) && /https:\/\//.test(error.message));
    const noPath = client({ url: new URL(jaeger.url).origin }).services(never);
    await assert.rejects(noPath, (error) => isHumanError(error) && error.kind === 'not-jaeger');
  });
});
