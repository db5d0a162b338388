import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { Emitter } from '../../../src/core/event';
import type { Settings } from '../../../src/platform/settings';
import { SourceSession } from '../../../src/platform/sourceSession';
import type { SourceStatus } from '../../../src/sources/sourceStatus';
import { storeOf } from '../core/store/storeOf';
import { type LyingServer, startLyingServer } from '../sources/lyingServer';
import { startFakeJaeger } from './fakeJaeger';
import { settingsOf } from './settingsOf';

const nowMs = () => Date.now();

/** A session in a world whose settings a test changes. */
function sessionOf(written: Readonly<Record<string, unknown>>) {
  const { store } = storeOf();
  const onDidChange = new Emitter<Settings>();
  const settings = { current: settingsOf(written), onDidChange: onDidChange.event };
  const reports: unknown[] = [];
  const warnings: string[] = [];
  const statuses: SourceStatus['kind'][] = [];
  const session = new SourceSession({
    settings,
    store,
    nowMs,
    readSecret: () => Promise.resolve(undefined),
    log: { debug: () => undefined, info: () => undefined, warn: (message) => warnings.push(message) },
    report: (error) => reports.push(error),
  });
  session.onDidChangeStatus(({ kind }) => statuses.push(kind));
  const change = (now: Readonly<Record<string, unknown>>) => {
    settings.current = settingsOf(now);
    onDidChange.fire(settings.current);
  };
  return { session, store, reports, warnings, statuses, change };
}

describe('SourceSession', function () {
  // Threads, grammars and sockets take their time on a machine that is busy.
  this.timeout(20_000);

  let jaeger: LyingServer;
  let at: ReturnType<typeof sessionOf>;
  const connections = () => ({ connections: [{ name: 'test', url: jaeger.url }], services: ['svc'] });
  const until = async (kind: SourceStatus['kind']) => {
    for (let waited = 0; at.session.status.kind !== kind; waited++) {
      assert.ok(waited < 1000, `still ${at.session.status.kind}, not ${kind}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  beforeEach(async () => {
    jaeger = await startFakeJaeger(Date.now() * 1000);
  });
  afterEach(async () => {
    at.session.dispose();
    await jaeger.stop();
    assert.deepEqual(at.reports, []);
  });

  it('connects, and takes in what Jaeger has', async () => {
    at = sessionOf(connections());
    assert.deepEqual([at.session.status.kind, at.session.connection], ['idle', undefined]);
    at.session.start();
    await until('ok');
    assert.deepEqual([at.statuses[0], at.statuses.at(-1)], ['connecting', 'ok']);
    assert.equal(at.session.connection?.name, 'test');
    assert.deepEqual(
      at.store.inferences().map(({ storageLatencyMs }) => storageLatencyMs),
      [45],
    );
  });

  it('says that a Jaeger that was asked for does not answer', async () => {
    at = sessionOf({ connections: [{ name: 'test', url: 'http://127.0.0.1:1' }] });
    at.session.start();
    await until('failing');
    const { status } = at.session;
    assert.ok(status.kind === 'failing' && !status.hasAnswered);
    assert.equal(at.session.connection?.name, 'test');
    assert.match(at.warnings.join(), /127\.0\.0\.1:1/);
  });

  it('changes to another Jaeger, and forgets the traces of the first', async () => {
    const empty = await startLyingServer((_, response) =>
      response.end('{"data":[],"total":0,"limit":0,"offset":0,"errors":null}'),
    );
    try {
      at = sessionOf(connections());
      at.session.start();
      await until('ok');
      at.change({ connections: [{ name: 'other', url: empty.url }], services: ['svc'] });
      assert.deepEqual([at.session.status.kind, at.store.stats().traces], ['connecting', 0]);
      await until('ok');
      assert.deepEqual([at.session.connection?.name, at.store.stats().traces], ['other', 0]);
    } finally {
      await empty.stop();
    }
  });

  it('connects anew for what it polls with, keeps the traces, and not for other settings', async () => {
    at = sessionOf(connections());
    at.session.start();
    await until('ok');
    const before = at.statuses.length;
    at.change({ ...connections(), 'alert.threshold': 1, 'annotations.enabled': false });
    assert.equal(at.statuses.length, before);
    at.change({ ...connections(), 'poll.limit': 5 });
    assert.equal(at.session.status.kind, 'connecting');
    assert.equal(at.store.stats().traces, 1);
    await until('ok');
  });

  it('pauses and resumes, and says so once each', async () => {
    at = sessionOf(connections());
    at.session.start();
    await until('ok');
    const before = at.statuses.length;
    for (const isPaused of [true, true, false, false]) at.session.setPaused(isPaused);
    assert.equal(at.statuses.length, before + 2);
    assert.equal(at.session.isPaused, false);
  });

  it('asks when it is told to, paused or not', async () => {
    at = sessionOf(connections());
    at.session.setPaused(true);
    await at.session.refresh();
    const asked = jaeger.requests.length;
    await at.session.refresh();
    assert.ok(asked > 0 && jaeger.requests.length > asked);
  });

  it('gives a client for a connection, by default the chosen one', async () => {
    at = sessionOf(connections());
    const client = await at.session.client();
    assert.deepEqual(await client.services(new AbortController().signal), ['svc']);
  });

  it('asks nothing after it was disposed while it connected', async () => {
    at = sessionOf(connections());
    at.session.start();
    at.session.dispose();
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.deepEqual([jaeger.requests.length, at.store.stats().traces], [0, 0]);
  });
});
