import assert from 'node:assert/strict';
import { type HumanError, isHumanError } from '../../../src/core/humanError';
import { isCancellation } from '../../../src/sources/cancellation';
import type { Connection } from '../../../src/sources/connection';
import { Credentials } from '../../../src/sources/credentials';
import { runTokenCommand } from '../../../src/sources/runTokenCommand';
import { never, testConnection } from './testClient';

const url = 'https://jaeger.test/base/api/services';
const node = (script: string) => `"${process.execPath}" -e "${script}"`;

function credentials(more: Partial<Connection>, secret?: string, runCommand?: () => Promise<string>) {
  const connection = testConnection({ url: 'https://jaeger.test/base', ...more });
  const origins: string[] = [];
  const readSecret = (origin: string) => {
    origins.push(origin);
    return Promise.resolve(secret);
  };
  return { origins, of: new Credentials(connection, { readSecret, ...(runCommand ? { runCommand } : {}) }) };
}

async function failure(promise: Promise<unknown>): Promise<HumanError> {
  const error = await promise.then(
    () => assert.fail('no failure'),
    (reason: unknown) => reason,
  );
  assert.ok(isHumanError(error), String(error));
  return error;
}

describe('Credentials', () => {
  it('makes the headers', async () => {
    const none = credentials({ headers: { 'X-Tenant': 'acme' } });
    assert.deepEqual(await none.of.headers(url, never), { 'x-tenant': 'acme' });
    assert.deepEqual(none.origins, [], 'no secret is read that is not needed');
    const bearer = credentials({ auth: { type: 'bearer' } }, ' abc\n');
    assert.deepEqual(await bearer.of.headers(url, never), { authorization: 'Bearer abc' });
    assert.deepEqual(bearer.origins, ['https://jaeger.test']);
    const basic = credentials({ auth: { type: 'basic', username: 'ü' } }, 'p:w');
    const expected = `Basic ${Buffer.from('ü:p:w').toString('base64')}`;
    assert.deepEqual(await basic.of.headers(url, never), { authorization: expected });
  });

  it('gives nothing to another origin', async () => {
    const { of, origins } = credentials({ auth: { type: 'bearer' }, headers: { a: 'b' } }, 'abc');
    for (const other of ['http://jaeger.test/base', 'https://jaeger.test:8443/', 'https://evil.test/base']) {
      assert.deepEqual(await of.headers(other, never), {});
    }
    assert.deepEqual(origins, []);
  });

  it('asks the command once, until it is renewed', async () => {
    let runs = 0;
    const { of } = credentials({ auth: { type: 'command', command: 'x' } }, undefined, () =>
      Promise.resolve(`t${++runs}\n`),
    );
    assert.equal(of.renew(), false);
    for (const expected of ['Bearer t1', 'Bearer t1']) {
      assert.deepEqual(await of.headers(url, never), { authorization: expected });
    }
    assert.equal(of.renew(), true);
    assert.deepEqual(await of.headers(url, never), { authorization: 'Bearer t2' });
  });

  it('does not show what is no token', async () => {
    for (const output of ['', 'a b', 'two\nlines', 'töken']) {
      const { of } = credentials({ auth: { type: 'command', command: 'x' } }, undefined, async () => output);
      const { kind, message } = await failure(of.headers(url, never));
      assert.equal(kind, 'configuration');
      assert.ok(output === '' || !message.includes(output));
    }
  });
});

describe('runTokenCommand', function () {
  this.timeout(10_000);
  it('answers what was printed', async () =>
    assert.equal((await runTokenCommand('echo abc', never)).trim(), 'abc'));

  it('tells exit code and stderr, cleaned, cut, and without the token', async () => {
    const script = `console.log('secret-token-1'); console.error('\\x1b[31mno secret-token-1 '+'y'.repeat(500)); process.exit(7)`;
    const { message } = await failure(runTokenCommand(node(script), never));
    assert.match(message, /^The token command ended with exit code 7: \[31mno … y+…$/);
    assert.ok(message.length < 300);
  });

  it('tells that a command is unknown', async () =>
    assert.match((await failure(runTokenCommand('whyspan-no-such-command', never))).message, /exit code/));

  it('ends what takes too long, prints too much, or is not wanted any more, with its children', async () => {
    const start = Date.now();
    const slow = await failure(runTokenCommand(node('setTimeout(() => 0, 60000)'), never, 300));
    assert.match(slow.message, /took more than 0.3 s/);
    const loud = await failure(
      runTokenCommand(node(`setInterval(() => console.log('x'.repeat(9999)), 1)`), never),
    );
    assert.match(loud.message, /too much/);
    const controller = new AbortController();
    const cancelled = runTokenCommand('sleep 60; echo', controller.signal);
    setTimeout(() => controller.abort(), 50);
    await assert.rejects(cancelled, isCancellation);
    assert.ok(Date.now() - start < 8000);
  });
});
